import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { filledIn } from '../../../host/filledIn.mts';
import type { N8nHost } from '../../../host/startHost.mts';
import { type JournalWorld, publish, startJournalWorld, unusedToken, updateOfJournal } from '../journalWorld.mts';
import { chain, node } from '../workflowNodes.mts';

/** The forms, and a workflow in the place of offboarding-lockdown. */
interface Release {
	/** The address of the form with n8n sign-in, as the file has it. */
	formUrl: string;
	/** The same with a password, as the README describes it. */
	passwordFormUrl: string;
	password: { user: string; password: string };
	/** The same, with a lockdown that fails. */
	failingFormUrl: string;
	/** How often the workflow that locks out was called. */
	calls(): Promise<number>;
}

export type ReleaseWorld = JournalWorld & Release;

export async function startReleaseWorld(): Promise<ReleaseWorld> {
	return await startJournalWorld('release', publishRelease);
}

async function publishRelease({ client, url }: N8nHost): Promise<Release> {
	const lockdown = await publish(client, standIn);
	const password = { user: 'hr', password: randomUUID() };
	const picks = {
		credentials: {
			notionScimApi: await unusedToken(client),
			httpBasicAuth: await client.createCredential({ type: 'httpBasicAuth', name: 'Form', data: password }),
		},
		subWorkflows: { 'Lock out': lockdown },
	};
	const file: unknown = JSON.parse(await readFile('workflows/offboarding-release/offboarding-release.json', 'utf8'));
	await publish(client, file, picks);
	await publish(client, withPassword(file), picks);
	const failing = filledIn(file, { ReleaseForm: { options: { path: 'failing' } } });
	await publish(client, failing, { ...picks, subWorkflows: { 'Lock out': await publish(client, broken) } });
	return {
		formUrl: `${url}/form/notion-offboarding-release`,
		passwordFormUrl: `${url}/form/with-password`,
		password,
		failingFormUrl: `${url}/form/failing`,
		calls: async () => (await client.executions(lockdown)).length,
	};
}

/** As the README says it for people without an account in n8n. */
function withPassword(file: unknown): unknown {
	const typed = { fieldType: 'email', fieldName: 'email', fieldLabel: 'Your email address', requiredField: true };
	const person = { decider: "={{ $('ReleaseForm').first().json.email }}", assurance: 'typedAddress', deciders: 'boss@example.com' };
	const options = { path: 'with-password' };
	return filledIn(file, {
		ReleaseForm: { authentication: 'basicAuth', formFields: { values: [typed] }, options },
		'Show the list': person,
		Decide: person,
	});
}

/** In the place of offboarding-lockdown: everyone is removed, but for the person who has come back. */
const standIn = {
	name: 'lockdown',
	nodes: [
		node('WhenCalled', 'executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' }),
		updateOfJournal({
			state: 'done',
			outcome: "={{ $json.displayName === 'Back' ? 'stays' : 'removed' }}",
		}),
	],
	connections: chain('WhenCalled', 'Store'),
};

const broken = {
	name: 'broken lockdown',
	nodes: [
		node('WhenCalled', 'executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' }),
		node('Fail', 'stopAndError', 1, { errorMessage: 'Broken' }),
	],
	connections: chain('WhenCalled', 'Fail'),
};
