import { cycleSettings } from '../../canvas/parts/cycleSettings.mts';
import { drawCycle } from '../../canvas/parts/directoryCycle.mts';
import { Workflow } from '../../canvas/workflow.mts';

const workflow = new Workflow('Directory sync');

drawCycle(workflow, {
	paths: { form: 'notion-directory-sync', status: 'notion-directory-sync-status' },
	settings: cycleSettings(),
	about: `## Notion is what the directory says
Every 40 minutes: who joins becomes a member, who has left is removed, details and groups follow. Nothing happens twice, nobody is removed on half a reading, and everything that is not done says why.

### Import and publish with it
A **directory source** and **error-notification** (before it; pick them in **Directory source** and in each **Raise alert**), and the tables of **data-tables**.

### Set up
1. **Settings**: who is told, who approves, which groups follow. A pilot group to begin with.
2. **Directory source**: pick the imported source.
3. **Plan** and **Apply**: the same *Notion SCIM API* credential, access *Full* (*No Removals* while you try).
4. **Send mail**: *SMTP*. **DecideForm** and **StatusPage**: *Basic Auth*.
5. Publish, and run once by hand: that is a dry run. Look at the status page.
6. \`mode\` to \`apply\` in Settings; publish.`,
});

export default workflow;
