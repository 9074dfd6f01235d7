import type { INodeProperties } from 'n8n-workflow';

import { textsOf } from '../../execution/lists';
import type { Options } from '../../execution/scalarParameters';
import { optionOf } from './optionValues';

export const letBackIn: INodeProperties = {
	displayName: 'Let Back In',
	name: 'letBackIn',
	type: 'string',
	default: '',
	placeholder: 'e.g. ada@example.com',
	description:
		'Comma-separated emails of people who may come back although an emergency or an offboarding has blocked them',
};

/** @throws ScimError `invalidInput` */
export function readLetBackIn(options: Options): string[] {
	const split = (text: string): string[] => text.split(',').flatMap((entry) => entry.trim() || []);
	return textsOf(optionOf(options, letBackIn.name, letBackIn.displayName) ?? '', letBackIn.displayName, split);
}
