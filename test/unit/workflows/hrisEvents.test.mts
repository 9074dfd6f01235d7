import { z } from 'zod';

import { codeNode } from './cycleCode.mts';

const SETTINGS = { source: 'bamboohr', timeZone: 'Europe/Berlin', departmentGroups: {} };

/** What the node Events makes of items of the node HRIS Trigger. */
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

describe('a simulated event', () => {
	const real = { kind: 'hired', source: 'deel', eventId: 'e-2', employeeId: 'w-2' };

	it('is dropped before anything is claimed or done', () => {
		expect(triggered({ ...real, simulation: true })).toEqual([]);
		expect(triggered({ ...real, simulation: true }, real)).toEqual([
			expect.objectContaining({ kind: 'hired', employeeId: 'w-2' }),
		]);
	});

	it('locks nobody out', () => {
		const call = { kind: 'accessRevoked', source: 'deel', eventId: 'e-3', person: { email: 'ada@example.com' } };
		const rows = (...events: object[]) =>
			codeNode('emergency-lockdown', 'People', {
				HrisEvents: events,
				Settings: [{ protectedResponders: [], apps: ['Notion'] }],
			});
		expect(rows({ ...call, simulation: true })).toEqual([]);
		expect(rows(call)).toContainEqual(
			expect.objectContaining({ person: 'ada@example.com', app: 'Notion', outcome: 'intended' }),
		);
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
