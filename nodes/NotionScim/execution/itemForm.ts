import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';

import { ScimError } from '../../../lib/scim/scimError';
import { simplify } from '../descriptions/lists';
import { toolOutput } from '../descriptions/toolOutput';
import { isToolRun } from '../tool/toolRun';
import type { ItemParameters } from './parameters';
import { choiceOf } from './scalarParameters';

/** What an item shows of a person or a group: its raw resource, the simplified fields, or some of these. */
export type ItemForm = 'raw' | 'simplified' | readonly string[];

/** @throws ScimError `invalidInput` for a choice that does not exist, or no field at all */
export function itemForm(context: IExecuteFunctions, parameters: ItemParameters): ItemForm {
	if (!isToolRun(context)) return parameters.switch(simplify) ? 'simplified' : 'raw';
	const output = choiceOf(parameters.raw(toolOutput.name) ?? toolOutput.default, toolOutput, ['raw', 'simplified', 'selectedFields']);
	if (output !== 'selectedFields') return output;
	const fields = z.array(z.string()).nonempty().safeParse(parameters.raw('fields'));
	if (fields.success) return fields.data;
	throw new ScimError('invalidInput', 'Output is Selected Fields, and no field is selected.', 'Select at least one of Fields.');
}

/** Whether an AI agent reads the item, which then names members and marks lists that may be cut. */
export function isForModel(context: IExecuteFunctions, form: ItemForm): boolean {
	return form !== 'raw' && isToolRun(context);
}

/** Without these, the other fields would mislead. */
const WARNINGS: readonly string[] = ['membersMayBeCut', 'roleStated'];

/** @param simplified all fields that can be selected, and warnings, which always stay */
export function selected(form: ItemForm, simplified: IDataObject): IDataObject {
	if (typeof form === 'string') return simplified;
	return Object.fromEntries(Object.entries(simplified).filter(([name]) => form.includes(name) || WARNINGS.includes(name)));
}
