import { directoryNotes } from '../../../canvas/parts/directoryNotes.mts';
import { readInRounds } from '../../../canvas/parts/readInRounds.mts';
import { Workflow } from '../../../canvas/workflow.mts';

const workflow = new Workflow('Directory source: Okta');

readInRounds(workflow, {
	folder: 'workflows/sources/okta/code',
	settings: [
		{ name: 'oktaUrl', type: 'string', value: 'https://example.okta.com' },
		{ name: 'emailAttribute', type: 'string', value: 'email' },
		{ name: 'notionApp', type: 'string', value: '' },
		{ name: 'scopeAttribute', type: 'string', value: '' },
		{ name: 'scopeValues', type: 'array', value: [] },
		{ name: 'groupPrefix', type: 'string', value: '' },
		{ name: 'ownWords', type: 'object', value: {} },
	],
	authentication: {
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'oktaApi',
	},
});

directoryNotes(workflow, {
	vendor: 'Okta',
	setUp: [
		'**Ask**: pick an Okta API credential with the token of a read-only administrator.',
		'**Settings**: `oktaUrl`, the address of your Okta, without `-admin`. For only those who are assigned to the Notion app: its ID in `notionApp`.',
	],
	reading:
		`**To read** says which requests are next, **Ask** makes them, ten a second: users, deactivated users (Okta's own list leaves them out), groups and the members of each, and who is assigned to the Notion app. Pages are followed by the \`Link\` header, and only to your Okta. Where Okta wants a pause (429), it gets it. Status words are in the code of **Answer**; to change one, use \`ownWords\` of Settings, as in \`{ "Suspended": "inactive" }\`.`,
});

export default workflow;
