import { z } from 'zod';

import { poll } from '../../../host/poll.mts';
import { addLeavers, countsOf, FAST, type Leavers } from './leavers.mts';
import {
	AUDIT,
	CHANGES,
	FORM_USER,
	type OffboardingWorld,
	startOffboarding,
} from './offboardingWorld.mts';

const LEAVERS = 30;
const LIMIT = 10;
const HELD = LEAVERS - LIMIT;

const waitingSchema = z.object({ formWaitingUrl: z.string() });

let world: OffboardingWorld;
let leavers: Leavers;

beforeAll(async () => {
	world = await startOffboarding({ people: 1000, environment: FAST });
	leavers = addLeavers(world, LEAVERS);
	await world.tell(...leavers.deliveries(10));
}, 200_000);

afterAll(async () => {
	await world?.stop();
}, 60_000);

describe('the form that releases them', () => {
	it('shows itself on GET and nothing on HEAD, and starts nothing', async () => {
		const before = (await world.executions()).length;

		expect((await fetch(formUrl())).status).toBe(401);
		const shown = await fetch(formUrl(), { headers: browser() });
		const head = await fetch(formUrl(), { method: 'HEAD', headers: browser() });

		expect(shown.status).toBe(200);
		expect(await shown.text()).toContain('Held leavers');
		expect(head.status).toBe(404);
		expect((await world.executions()).length).toBe(before);
		expect(leavers.members()).toHaveLength(HELD);
	});

	it('does nothing without its password', async () => {
		const answer = await fetch(formUrl(), {
			method: 'POST',
			body: filledIn({
				decider: 'boss@example.com',
				code: '',
				isRight: 'Yes, lock all of them out',
			}),
		});
		expect(answer.status).toBe(401);
		expect(leavers.members()).toHaveLength(HELD);
	});

	it('shows the list, and takes nothing but the code that stands under it', async () => {
		const list = await submit({
			decider: 'boss@example.com',
			code: '',
			isRight: 'Yes, lock all of them out',
		});
		expect(list).toContain(`<b>${HELD}</b> leavers are held`);
		expect(list).toContain('&lt;b&gt;');
		const code = /<b id="code">([^<]+)<\/b>/.exec(list)?.[1] ?? '';
		expect(code).not.toBe('');
		expect(leavers.members()).toHaveLength(HELD);

		const [subject = ''] = leavers.members();
		expect(
			await submit({ decider: subject.toUpperCase(), code, isRight: 'Yes, lock all of them out' }),
		).toContain('You are on the list yourself');
		expect(
			await submit({
				decider: 'boss@example.com',
				code: 'T0TALLY-WRONG',
				isRight: 'Yes, lock all of them out',
			}),
		).toContain('Nothing was done');
	}, 300_000);

	it('empties the list after a "No", and the night fills it again', async () => {
		const code = await codeOfList();
		expect(
			await submit({ decider: 'boss@example.com', code, isRight: 'No, release nobody' }),
		).toContain('Nobody was released');
		expect(leavers.members()).toHaveLength(HELD);
		expect(await listed()).toEqual([]);

		await world.call(
			...leavers.members().map((email) => ({
				kind: 'left',
				source: 'bamboohr',
				employeeId: leavers.idOf(email),
				email,
				eventId: `nightly:${email}`,
			})),
		);

		expect(leavers.members()).toHaveLength(HELD);
		expect(await listed()).toHaveLength(HELD);
	}, 300_000);

	it('releases all of them, but for whom the HRIS has taken back', async () => {
		const code = await codeOfList();
		const [rehired = ''] = leavers.members();
		world.hris.staff.withdrawTermination(leavers.idOf(rehired));

		const answer = await submit({
			decider: 'boss@example.com',
			code,
			isRight: 'Yes, lock all of them out',
		});

		expect(answer).toContain(`removed: ${HELD - 1}`);
		expect(leavers.members()).toEqual([rehired]);
		const released = (await world.rows(AUDIT)).filter(({ requestedBy }) =>
			String(requestedBy).startsWith('boss@example.com (assurance'),
		);
		expect(countsOf(released)).toEqual({ declined: HELD, held: HELD, removed: HELD - 1 });

		// The HRIS is read about them once more, and until then nobody has forgotten them.
		const id = leavers.idOf(rehired);
		expect((await listed()).map(({ employeeId }) => employeeId)).toEqual([id]);
		const [look] = (await world.rows(CHANGES, id)).filter(({ state }) => state === 'waiting');
		await world.call({
			kind: 'leave',
			source: 'bamboohr',
			employeeId: id,
			eventId: `scheduled:${String(look?.['id'])}`,
		});
		expect(leavers.members()).toEqual([rehired]);
		expect(await listed()).toEqual([]);
	}, 300_000);
});

async function listed() {
	return (await world.rows(AUDIT)).filter(
		({ outcome, needsPerson }) => outcome === 'held' && needsPerson === true,
	);
}

async function codeOfList(): Promise<string> {
	const isRight = 'Yes, lock all of them out';
	const list = await submit({ decider: 'boss@example.com', code: '', isRight });
	return /<b id="code">([^<]+)<\/b>/.exec(list)?.[1] ?? '';
}

interface Answers {
	decider: string;
	code: string;
	isRight: string;
}

function formUrl(): string {
	return `${world.host.url}/form/notion-offboarding-release`;
}

/** The form shows itself to browsers only. */
function browser() {
	return {
		'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
		Authorization: `Basic ${Buffer.from(`${FORM_USER.user}:${FORM_USER.password}`).toString('base64')}`,
	};
}

/** As the browser sends it: the fields by their place. */
function filledIn({ decider, code, isRight }: Answers): FormData {
	const data = new FormData();
	data.set('field-0', decider);
	data.set('field-1', code);
	data.set('field-2', isRight);
	return data;
}

/** What the person sees in the end. */
async function submit(answers: Answers): Promise<string> {
	const posted = await fetch(formUrl(), {
		method: 'POST',
		headers: browser(),
		body: filledIn(answers),
	});
	const { formWaitingUrl } = waitingSchema.parse(await posted.json());
	const status = new URL(formWaitingUrl);
	status.pathname += '/n8n-execution-status';
	await poll(
		async () => {
			const answer = await fetch(status, { headers: browser() });
			return ['form-waiting', 'success', 'error'].includes(await answer.text()) ? true : undefined;
		},
		'the answer of the form',
		300_000,
	);
	return await (await fetch(formWaitingUrl, { headers: browser() })).text();
}
