import type { INodeProperties } from 'n8n-workflow';

import { leavers } from '../../../../lib/lifecycle/leavers/leavers';
import type { JobParameters } from './jobs';

const onLeave: INodeProperties = {
	displayName: 'On Leave of Absence',
	name: 'onLeave',
	type: 'options',
	default: 'keep',
	description: 'What a leave of absence means. SCIM has no suspension, and private pages are lost after 30 days.',
	options: [
		{ name: 'Ask a Person', value: 'ask', description: 'Raise an alert, and change nothing' },
		{ name: 'Keep Access', value: 'keep', description: 'Change nothing' },
	],
};

/** The parameters of Plan Changes for leavers. */
export const leaverParameters: JobParameters = {
	properties: [onLeave],
	read: (parameters, timeZone) =>
		leavers({ timeZone, onLeave: parameters.choice(onLeave, ['keep', 'ask']) }),
};
