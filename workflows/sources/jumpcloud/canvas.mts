import { directoryNotes } from '../../../canvas/parts/directoryNotes.mts';
import { readInRounds } from '../../../canvas/parts/readInRounds.mts';
import { Workflow } from '../../../canvas/workflow.mts';

const workflow = new Workflow('Directory source: JumpCloud');

readInRounds(workflow, {
	folder: 'workflows/sources/jumpcloud/code',
	settings: [
		{ name: 'host', type: 'string', value: 'console.jumpcloud.com' },
		{ name: 'emailAttribute', type: 'string', value: 'email' },
		{ name: 'notionApp', type: 'string', value: '' },
		{ name: 'scopeAttribute', type: 'string', value: '' },
		{ name: 'scopeValues', type: 'array', value: [] },
		{ name: 'groupPrefix', type: 'string', value: '' },
		{ name: 'ownWords', type: 'object', value: {} },
	],
	authentication: { authentication: 'genericCredentialType', genericAuthType: 'httpHeaderAuth' },
});

directoryNotes(workflow, {
	vendor: 'JumpCloud',
	setUp: [
		'**Ask**: pick a Header Auth credential with the name `x-api-key` and the API key of a read-only administrator.',
		'**Settings**: companies that suspend leavers write `{ "Suspended": "inactive" }` into `ownWords`. For only those who are bound to the Notion application: its ID in `notionApp`.',
	],
	reading:
		'**To read** says which requests are next, **Ask** makes them, ten a second: users, groups and the members of each, also through other groups, and who is bound to the Notion application, also through groups. JumpCloud says how many users there are: another number makes the reading incomplete. The other lists are read until a page is empty. Status words are in the code of **Answer**; your own go into `ownWords` of Settings.',
});

export default workflow;
