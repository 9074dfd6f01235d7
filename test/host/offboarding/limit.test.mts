import { addLeavers, countsOf, FAST, type Leavers } from './leavers.mts';
import { ALERTS, CHANGES, COMPANY_ID, type OffboardingWorld, startOffboarding } from './offboardingWorld.mts';

const LEAVERS = 500;
const LIMIT = 10;
/** BambooHR sends several employees in one delivery. */
const IN_ONE_DELIVERY = 10;

let world: OffboardingWorld;
let leavers: Leavers;

beforeAll(async () => {
	world = await startOffboarding({ people: 1000, environment: FAST });
	leavers = addLeavers(world, LEAVERS);
}, 120_000);

afterAll(async () => {
	await world?.stop();
}, 60_000);

async function leaves(employeeId?: string) {
	return (await world.rows(CHANGES, employeeId)).filter(({ kind }) => kind === 'leave');
}

describe(`${LEAVERS} genuine leavers at once`, () => {
	it('are removed up to the limit of a day, and the rest waits for a person', async () => {
		const deliveries = leavers.deliveries(IN_ONE_DELIVERY);

		const statuses = await Promise.all(deliveries.map(async (one) => await world.send(world.signed(one))));
		await world.settled(deliveries.length, 600_000);

		expect(new Set(statuses)).toEqual(new Set([200]));
		expect(leavers.members()).toHaveLength(LEAVERS - LIMIT);
		const rows = await leaves();
		expect(countsOf(rows)).toEqual({ removed: LIMIT, held: LEAVERS - LIMIT });
		expect(new Set(rows.map(({ employeeId }) => employeeId)).size).toBe(LEAVERS);
		expect(rows.filter(({ state }) => state === 'held')).toHaveLength(LEAVERS - LIMIT);
		const alerts = await world.rows(ALERTS);
		expect(alerts.filter(({ key }) => key === 'offboarding: held')).toHaveLength(LEAVERS - LIMIT);
	}, 700_000);

	it('stay where one of them is reported again', async () => {
		const [first = ''] = leavers.members();
		const id = leavers.idOf(first);

		await world.tell({
			type: 'employee.updated',
			timestamp: '2026-02-01T00:00:00+0000',
			data: { companyId: COMPANY_ID, employeeId: id, changedFields: ['status'] },
		});

		expect(world.sandbox.workspace.isMember(first)).toBe(true);
		expect((await leaves(id)).map(({ outcome, state }) => [outcome, state])).toEqual([
			['held', 'held'],
			['held', 'withdrawn'],
		]);
	}, 60_000);
});
