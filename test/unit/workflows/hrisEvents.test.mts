import { z } from 'zod';

import { codeNode } from './cycleCode.mts';

const SETTINGS = { source: 'bamboohr', timeZone: 'Europe/Berlin', departmentGroups: {} };

/** What the node Events makes of a delivery to the plain Webhook node. */
const delivered = (body: unknown) =>
	codeNode('onboarding', 'Events', { HrisWebhook: [{ body }], Settings: [SETTINGS] });

/** What it makes of items of the node HRIS Trigger. */
const triggered = (...events: object[]) =>
	codeNode('offboarding-lockdown', 'Events', { HrisEvents: events, Settings: [SETTINGS] });

const UNMAPPED = {
	kind: 'other',
	type: 'worker.v3.created',
	source: 'deel',
	eventId: 'event-1',
	employeeId: 'w-1',
	unmapped: true,
	alarm: '"worker.v3.created" is an event that this version does not know. A person must look.',
};

describe('a word that the plain webhook brings', () => {
	it.each(['employee.onboarded', 'promoted', 'Hire', 'new_starter', 'terminating', 'constructor', '__proto__', '???'])(
		'and no workflow knows is told, a beginning as well as an end: %s',
		(type) => {
			expect(delivered({ type, employeeId: '7' })).toEqual([
				expect.objectContaining({
					kind: 'other',
					employeeId: '7',
					unknownEvent: `unknown event "${type}" of bamboohr`,
					trouble: `"${type}" is no event that this workflow knows. A person must look.`,
				}),
			]);
		},
	);

	it.each([
		['employee.created', 'hired'],
		['Terminated', 'left'],
		['other', 'other'],
		['leaver_scheduled', 'leaverScheduled'],
	])('and is known raises no alarm: %s', (kind, means) => {
		const [event] = delivered({ kind, employeeId: '7' });
		expect(event).toMatchObject({ kind: means, trouble: '' });
		expect(event).not.toHaveProperty('unknownEvent');
	});

	it.each([[{ employeeId: '7' }], [{}], ['text'], [7], [[null]], [null]])('is missing in %j, and that is told', (body) => {
		expect(delivered(body)).toEqual([
			expect.objectContaining({
				kind: 'other',
				trouble: 'A delivery does not say what happened. A person must look.',
			}),
		]);
	});
});

describe('BambooHR\'s deliveries with fields at the plain webhook', () => {
	it.each([undefined, '', null])('are changes where the action is %j: the HRIS is read', (action) => {
		const employees = [{ id: '7', action, changedFields: ['Status'], fields: { Status: 'Inactive' } }];
		expect(delivered({ employees })).toEqual([
			expect.objectContaining({ kind: 'changed', employeeId: '7', trouble: '' }),
		]);
	});

	it('are read whatever the action is, and one that is not known costs nothing to those beside it', () => {
		const employees = [
			{ id: '1', action: 'Created' },
			{ id: '2', action: 'Absconded' },
			{ id: '3', action: 'Updated' },
		];
		expect(delivered({ employees }).map(({ kind, employeeId, trouble }) => [kind, employeeId, trouble])).toEqual([
			['hired', '1', ''],
			['changed', '2', expect.stringContaining('"Absconded"')],
			['changed', '3', ''],
		]);
	});
});

describe('a simulated event', () => {
	const real = { kind: 'hired', source: 'deel', eventId: 'e-2', employeeId: 'w-2' };

	it('is dropped before anything is claimed or done', () => {
		expect(triggered({ ...real, simulation: true })).toEqual([]);
		expect(triggered({ ...real, simulation: true }, real)).toEqual([
			expect.objectContaining({ kind: 'hired', employeeId: 'w-2' }),
		]);
	});

	it('is no hint to synchronise groups', () => {
		const started = (hint: object) =>
			codeNode('group-teamspace-sync', 'Events', { ...hint, Settings: [{}], 'Read cycles': [] });
		expect(started({ HrisEvents: [{ ...real, simulation: true }] })).toEqual([]);
		expect(started({ HrisEvents: [real] })).toHaveLength(1);
		expect(started({ DirectoryHint: [{ body: {} }] })).toHaveLength(1);
	});
});

it('a contract that is new names a person by the address only, and by that the HRIS is asked', () => {
	const event = { kind: 'hired', source: 'deel', eventId: 'e-4', person: { email: 'ada@example.com' } };
	const [read] = triggered(event);
	expect(read).toMatchObject({ kind: 'hired', employeeId: '', email: 'ada@example.com' });
	expect(read?.['claimKey']).toContain('ada@example.com');
});

describe('an event that the trigger does not know', () => {
	const alarmSchema = z.object({ alarm: z.object({ key: z.string(), text: z.string() }) });
	const [event] = triggered(UNMAPPED);
	const record = { found: true, source: 'deel', sourceId: 'w-1', status: 'active', active: true, email: 'ada@example.com' };

	it('is an alarm of the onboarding, of one key for everybody whom the word is about', () => {
		const verdict = { event, record, act: 'none', outcome: 'ignored', note: '', kept: [] };
		const [decision] = codeNode('onboarding', 'Decision', { Verdict: [verdict], Settings: [SETTINGS] });
		const { alarm } = alarmSchema.parse(decision);
		expect(alarm.key).toBe('onboarding: unknown event "worker.v3.created" of deel');
		expect(alarm.text).toContain('ada@example.com');
		expect(alarm.text).toContain('"worker.v3.created" is an event that this version does not know');
		expect(decision).toMatchObject({ act: 'none' });
	});

	it.each([
		['the HRIS says that the person works there', [record], 'nothing', 'offboarding: unknown event'],
		['the HRIS knows nobody', [], 'ask', 'offboarding: deel w-1'],
	])('is an alarm of the offboarding where %s', (_what, records, verdict, key) => {
		const asked = { employeeId: 'w-1', email: '', claimKey: event?.['claimKey'] };
		const answers = records.length > 0 ? records : [{ found: false, source: 'deel' }];
		const [decision] = codeNode('offboarding-lockdown', 'Verdicts', {
			Settings: [{ ...SETTINGS, onLeave: 'keep' }],
			'HRIS source': answers.map((answer) => ({ ...answer, asked })),
			Questions: [asked],
			People: [{ ...event }],
			'Read leaves': [],
			'Read links': [],
			'Read account links': [],
		});
		expect(decision).toMatchObject({ verdict });
		const { alarm } = alarmSchema.parse(decision);
		expect(alarm.key).toContain(key);
		expect(alarm.text).toContain('"worker.v3.created" is an event that this version does not know');
	});
});
