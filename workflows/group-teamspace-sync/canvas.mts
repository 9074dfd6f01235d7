import { cycleSettings } from '../../canvas/parts/cycleSettings.mts';
import { drawCycle } from '../../canvas/parts/directoryCycle.mts';
import { Workflow } from '../../canvas/workflow.mts';

const workflow = new Workflow('Group to teamspace sync');

const hints = [
	workflow.add({
		name: 'HrisEvents',
		type: 'n8n-nodes-hris-trigger.hrisTrigger',
		version: 1,
		parameters: { timeZone: '', kinds: ['changed'] },
		at: [0, -2],
	}),
	workflow.add({
		name: 'DirectoryHint',
		type: 'webhook',
		version: 2,
		parameters: {
			httpMethod: 'POST',
			path: 'notion-group-sync',
			authentication: 'headerAuth',
			responseMode: 'onReceived',
			options: {},
		},
		at: [0, -1],
	}),
];

drawCycle(workflow, {
	paths: { form: 'notion-group-sync-form', status: 'notion-group-sync-status' },
	hints,
	settings: cycleSettings({
		approval: 'never',
		syncAttributes: [],
		createMissing: false,
		updateDrift: false,
		onInactive: 'report',
	}),
	about: `## Groups follow departments, so teamspaces do
Somebody changes department: they leave one Notion group and join another, and the teamspaces that the groups are attached to follow. Nobody becomes a member or loses a seat here.

### Import and publish with it
A **directory source** and **error-notification** (before it; pick them in **Directory source** and in each **Raise alert**), and the tables of **data-tables**.

### Set up
1. **Settings**: \`managedGroups\` and \`groupRules\`, who is told.
2. **Directory source**: pick the imported source.
3. **Plan** and **Apply**: the same *Notion SCIM API* credential, access *Full*.
4. **HrisEvents** or **DirectoryHint** for changes at once; delete the door that you do not use.
5. **Send mail**: *SMTP*. **DecideForm** and **StatusPage**: *Basic Auth*.
6. Publish, run once by hand: a dry run. Then \`mode\` to \`apply\`.`,
});

export default workflow;
