import { directoryNotes } from '../../../canvas/parts/directoryNotes.mts';
import { readInRounds } from '../../../canvas/parts/readInRounds.mts';
import { Workflow } from '../../../canvas/workflow.mts';

const workflow = new Workflow('Directory source: Google Workspace');

readInRounds(workflow, {
	folder: 'workflows/sources/google-workspace/code',
	settings: [
		{ name: 'customer', type: 'string', value: 'my_customer' },
		{ name: 'emailAttribute', type: 'string', value: 'primaryEmail' },
		{ name: 'ownAttributes', type: 'object', value: {} },
		{ name: 'scopeAttribute', type: 'string', value: '' },
		{ name: 'scopeValues', type: 'array', value: [] },
		{ name: 'groupPrefix', type: 'string', value: '' },
		{ name: 'ownWords', type: 'object', value: {} },
	],
	authentication: {
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'googleApi',
	},
});

directoryNotes(workflow, {
	vendor: 'Google Workspace',
	setUp: [
		'**Ask**: pick a Google Service Account API credential. The README lists the scopes that it needs.',
		'**Settings**: `scopeAttribute` and `scopeValues`, such as `orgUnitPath` and `["/Staff*"]`. Empty: everybody is in scope.',
		'If you suspend leavers: `{ "suspended": "inactive" }` in `ownWords`.',
	],
	reading:
		"The Admin SDK Directory API: users, groups, and the members of each group, also through groups in groups, which Google's own connector to Notion does not bring. **Archived** is `inactive`, **suspended** is reported; deleted users do not come. n8n's Google Workspace Admin node gives no members, only the first 100 users where fields are selected, and nothing at all where one page fails, so it is not used.",
});

export default workflow;
