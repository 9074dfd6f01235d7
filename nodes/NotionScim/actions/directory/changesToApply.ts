import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { ScimError } from '../../../../lib/scim/scimError';
import { ItemParameters, jsonParameter } from '../../execution/parameters';
import { resourceItem } from '../../execution/resourceItem';
import { isToolRun } from '../../tool/toolRun';

/** A tool of an AI agent has no items: n8n gives it what the model wrote as parameters. */
export const changesToApply: INodeProperties = {
	displayName: 'Changes to Apply',
	name: 'changesToApply',
	type: 'json',
	required: true,
	default: '',
	description: 'Planned changes of the tool with Plan, unchanged. Let the model define them.',
	hint: 'A list, such as [{"action": "user.remove", …, "signature": "…"}]',
	displayOptions: { show: { '@tool': [true] } },
};

/**
 * The planned changes to apply: the items, or the parameter of a tool.
 * @throws ScimError see {@link changesOfTool}
 */
export function changesIn(context: IExecuteFunctions): IDataObject[] {
	return isToolRun(context) ? changesOfTool(new ItemParameters(context, 0)) : context.getInputData().map(({ json }) => json);
}

/** @throws ScimError `invalidInput` for anything but a list of objects */
export function changesOfTool(parameters: ItemParameters): IDataObject[] {
	const { displayName, name } = changesToApply;
	const given = jsonParameter(parameters.raw(name), displayName, z.array(z.record(z.unknown())), '[{"action": "user.remove", …}]');
	if (given && given.length > 0) return given.map(resourceItem);
	throw new ScimError('invalidInput', `${displayName} is empty. Nothing was done.`, 'Give planned changes of the tool with Plan, unchanged.');
}
