import { codeNode } from './cycleCode.mts';

describe('a simulated event', () => {
	const real = { kind: 'hired', source: 'deel', eventId: 'e-2', employeeId: 'w-2' };

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
