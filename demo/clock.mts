import { filledIn } from '../host/filledIn.mts';
import type { Emergency } from './emergency.mts';
import { type Offboarding, published, zone } from './leaver.mts';
import { COMPANY_ZONE, SOURCE, workflowFile, type World } from './world.mts';

/** Publishes the workflows that run on a schedule: due-changes, nightly-comparison and token-health. */
export async function startClock(world: World, offboarding: Offboarding, emergency: Emergency): Promise<void> {
	const { credentials } = offboarding;
	const source = world.subWorkflows[SOURCE];
	if (source === undefined) throw new Error('The source for BambooHR is not there');
	const alerts = world.subWorkflows;
	await published(world, await workflowFile('due-changes'), {
		credentials,
		subWorkflows: {
			...alerts,
			'Call onboarding': world.onboarding.id,
			'Call offboarding': offboarding.id,
			'Call emergency': emergency.id,
		},
	});
	const nightly = filledIn(await workflowFile('nightly-comparison'), {
		'Find missed': { timeZone: zone(COMPANY_ZONE) },
		'Leaver report': { timeZone: zone(COMPANY_ZONE) },
		'Mail report': { fromEmail: 'n8n@example.com', toEmail: 'it@example.com' },
	});
	await published(world, nightly, {
		credentials,
		subWorkflows: { ...alerts, 'HRIS employees': source, 'HRIS leavers': source },
	});
	await published(world, await workflowFile('token-health'), { credentials, subWorkflows: alerts });
}
