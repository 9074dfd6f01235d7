import { directoryNotes } from '../../../canvas/parts/directoryNotes.mts';
import { readInRounds } from '../../../canvas/parts/readInRounds.mts';
import { Workflow } from '../../../canvas/workflow.mts';

const workflow = new Workflow('Directory source: Microsoft Entra ID');

readInRounds(workflow, {
	folder: 'workflows/sources/entra/code',
	settings: [
		{ name: 'graphUrl', type: 'string', value: 'https://graph.microsoft.com' },
		{ name: 'emailAttribute', type: 'string', value: 'mail' },
		{ name: 'ownAttributes', type: 'object', value: {} },
		{ name: 'notionApp', type: 'string', value: '' },
		{ name: 'includeGuests', type: 'boolean', value: false },
		{ name: 'scopeAttribute', type: 'string', value: '' },
		{ name: 'scopeValues', type: 'array', value: [] },
		{ name: 'groupPrefix', type: 'string', value: '' },
		{ name: 'onlyAssignedGroups', type: 'boolean', value: false },
		{ name: 'readLeaveDate', type: 'boolean', value: false },
		{ name: 'ownWords', type: 'object', value: {} },
	],
	authentication: {
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'microsoftEntraServicePrincipalApi',
	},
	renewsToken: true,
});

directoryNotes(workflow, {
	vendor: 'Microsoft Entra ID',
	setUp: [
		'**Ask**: pick a Microsoft Entra Service Principal credential. The README lists the permissions that it needs.',
		'**Settings**: `notionApp`, the Object ID of Notion under *Enterprise applications*. Empty: everybody is in scope.',
	],
	reading:
		"Microsoft Graph: users with their managers, groups, the members of each group, also through groups in groups, and who is assigned to the Notion app. **Disabled** is `inactive`; disabled and hired for a day to come is `notStarted`; deleted users do not come. n8n's Entra node gives no members and no managers, and nothing at all where one page fails, so it is not used.",
});

export default workflow;
