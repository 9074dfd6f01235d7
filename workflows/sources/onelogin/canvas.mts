import { directoryNotes } from '../../../canvas/parts/directoryNotes.mts';
import { readInRounds } from '../../../canvas/parts/readInRounds.mts';
import { Workflow } from '../../../canvas/workflow.mts';

const workflow = new Workflow('Directory source: OneLogin');

readInRounds(workflow, {
	folder: 'workflows/sources/onelogin/code',
	settings: [
		{ name: 'subdomain', type: 'string', value: 'yourcompany' },
		{ name: 'emailAttribute', type: 'string', value: 'email' },
		{ name: 'employeeNumberAttribute', type: 'string', value: '' },
		{ name: 'notionApp', type: 'string', value: '' },
		{ name: 'scopeAttribute', type: 'string', value: '' },
		{ name: 'scopeValues', type: 'array', value: [] },
		{ name: 'rolePrefix', type: 'string', value: '' },
		{ name: 'groupRules', type: 'array', value: [] },
		{ name: 'keepOtherRoles', type: 'boolean', value: true },
		{ name: 'ownWords', type: 'object', value: {} },
	],
	authentication: { authentication: 'genericCredentialType', genericAuthType: 'oAuth2Api' },
	also: ['canvas/code/groupRules.js'],
});

directoryNotes(workflow, {
	vendor: 'OneLogin',
	setUp: [
		'Make an **OAuth2 API** credential: grant type *Client Credentials*, access token URL `https://yourcompany.onelogin.com/auth/oauth2/v2/token`, authentication *Body*, and client ID and secret of an API credential with *Read All*. Pick it in **Ask**.',
		'**Settings**: `subdomain`. Companies that suspend leavers write `{ "Suspended": "inactive" }` into `ownWords`.',
	],
	reading:
		'**To read** says which requests are next, **Ask** makes them, ten a second: users, roles and the users of each role, and who is assigned to the Notion app. Roles become groups: by `groupRules`, as in `[{ "when": { "group": "Engineers" }, "groups": ["Engineering"] }]`; those that no rule names keep their names, unless `keepOtherRoles` is off. OneLogin says how long each list is: another number makes the reading incomplete.',
});

export default workflow;
