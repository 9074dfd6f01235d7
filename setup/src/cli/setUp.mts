import { SECRET_VARIABLES } from '../answers/answers.mts';
import type { N8nApi } from '../n8n/n8nApi.mts';
import { N8nError } from '../n8n/n8nError.mts';
import { FOR_TEST_HIRE, missingScopes, type Scope } from '../n8n/scopes.mts';
import type { Wanted } from '../plan/wanted.mts';
import { changesSomething, type Existing, type Plan } from '../plan/steps.mts';
import { addressesOf, type Address } from '../run/addresses.mts';
import { PlanRun } from '../run/applyPlan.mts';
import { nextSteps } from '../run/nextSteps.mts';
import { sendTestHire } from '../run/testHire.mts';
import type { Options } from './arguments.mts';
import type { Io } from './io.mts';
import { wordsOf } from './words.mts';

/**
 * Carries out the plan, sends the test hire, and prints the addresses.
 * @returns whether all of it worked
 */
export async function setUp(api: N8nApi, wanted: Wanted, existing: Existing, plan: Plan, options: Options, { say }: Io): Promise<boolean> {
	const run = new PlanRun(api, wanted, existing);
	say('');
	for (const step of plan.steps.filter(changesSomething)) {
		try {
			const outcome = await run.carryOut(step);
			say(`${wordsOf(step)}${outcome === undefined ? '' : `: ${outcome}`}`);
		} catch (error) {
			if (!(error instanceof N8nError)) throw error;
			say(`${wordsOf(step)}: failed\n\n${error.message}\n\nWhat was made so far stays. Run this again to go on from here.`);
			return false;
		}
	}
	const base = wanted.answers.webhookUrl ?? api.url;
	const addresses = [...run.workflows.values()].flatMap((workflow) => addressesOf(workflow, base));
	const hire = await testHire(api, wanted, run, addresses, existing.scopes, options);
	if (hire !== undefined) say(`\n${hire.text}`);
	say(`\n${addressWords(addresses)}`);
	const left = nextSteps(wanted.answers);
	if (left.length > 0) say(`\nLeft to you:\n${left.map((line) => `  ${line}`).join('\n')}`);
	return hire?.arrived !== false;
}

async function testHire(api: N8nApi, { answers, secrets }: Wanted, run: PlanRun, addresses: readonly Address[], scopes: ReadonlySet<Scope>, options: Options) {
	const onboarding = run.workflows.get('onboarding');
	const { eventsSecret } = secrets;
	if (!options.testHire || onboarding === undefined || answers.provider === undefined) return undefined;
	if (eventsSecret === undefined) return { arrived: true, text: `No test hire was sent: this run does not know the secret of the events (${SECRET_VARIABLES.eventsSecret}).` };
	const url = addresses.find(({ workflow, what }) => workflow === onboarding.name && what === 'events')?.url;
	if (url === undefined) return undefined;
	const canLook = missingScopes(scopes, FOR_TEST_HIRE).length === 0;
	return await sendTestHire(api, answers.provider, eventsSecret, url, canLook);
}

const TITLES = { events: 'Enter in your HRIS, or in the tool that reports:', form: 'Forms:', page: 'Pages:' };

export function addressWords(addresses: readonly Address[]): string {
	const parts = [['events', TITLES.events] as const, ['form', TITLES.form] as const, ['page', TITLES.page] as const];
	return parts
		.flatMap(([what, title]) => {
			const own = addresses.filter((address) => address.what === what);
			return own.length === 0 ? [] : [`${title}\n${own.map(({ workflow, url }) => `  ${url}  (${workflow})`).join('\n')}`];
		})
		.join('\n');
}
