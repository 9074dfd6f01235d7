import { leavers } from '../../../../lib/lifecycle/leavers/leavers';
import { ScimError } from '../../../../lib/scim/scimError';
import type { JobParameters } from './jobs';

/** The parameters of Plan Changes for leavers. */
export const leaverParameters: JobParameters = {
	properties: [
		{
			displayName: 'On Leave of Absence',
			name: 'onLeave',
			type: 'options',
			default: 'keep',
			description: 'What a leave of absence means. SCIM has no suspension, and private pages are lost after 30 days.',
			options: [
				{ name: 'Ask a Person', value: 'ask', description: 'Raise an alert, and change nothing' },
				{ name: 'Keep Access', value: 'keep', description: 'Change nothing' },
			],
		},
	],
	read: (parameters, timeZone) => {
		const onLeave = parameters.text('onLeave').trim();
		if (onLeave === 'keep' || onLeave === 'ask') return leavers({ timeZone, onLeave });
		throw new ScimError(
			'invalidInput',
			`On Leave of Absence is "${onLeave}", which is neither keep nor ask. Nothing was decided.`,
			'Pick it from the list again.',
		);
	},
};
