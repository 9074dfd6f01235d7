import { raisedIn } from '../../../demo/alerts.mts';
import { workflowFile } from '../../../demo/world.mts';
import { filledIn } from '../../../host/filledIn.mts';
import type { CredentialReference } from '../../../host/importedWorkflow.mts';
import type { N8nHost } from '../../../host/startHost.mts';
import { EVERY_FIVE_SECONDS } from '../trigger/pollTimes.mts';

/**
 * Publishes out-of-band-alert as an admin sets it up, but it looks every five seconds.
 * @param credentials by type
 * @param errorNotification id of the workflow that takes its alerts
 * @returns its id
 */
export async function publishOutOfBandAlert(
	{ client }: N8nHost,
	credentials: Record<string, CredentialReference>,
	errorNotification: string | undefined,
): Promise<string> {
	const file = filledIn(await workflowFile('out-of-band-alert'), { NotionChanged: { pollTimes: EVERY_FIVE_SECONDS } });
	const { id } = await client.importWorkflow(file, { credentials, subWorkflows: raisedIn(file, errorNotification) });
	await client.publish(id);
	return id;
}
