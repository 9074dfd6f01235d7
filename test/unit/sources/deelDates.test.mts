import { askWithoutHost, type Item } from './readWithoutHost.mts';

const DEEL = 'urn:ietf:params:scim:schemas:extension:2.0:User';

/** What the workflow answers about one person whom Deel describes in this way. */
function answered(about: object): Item | undefined {
	const user = { id: 'w-1', active: false, [DEEL]: about };
	return askWithoutHost('deel', [{ ask: 'person', employeeId: 'w-1' }], {}, () => ({ body: user }))[0];
}

describe('a day that Deel writes as an instant', () => {
	it.each([
		['in Manila', '2025-01-31T16:00:00.000Z', '2025-08-31T15:59:59.999Z'],
		['in New York', '2025-02-01T05:00:00.000Z', '2025-09-01T03:59:59.999Z'],
		['in Honolulu', '2025-02-01T10:00:00.000Z', '2025-09-01T09:59:59.999Z'],
		['in Auckland, in summer and in winter', '2025-01-31T11:00:00.000Z', '2025-08-31T11:59:59.999Z'],
		['in India', '2025-01-31T18:30:00.000Z', '2025-08-31T18:29:59.999Z'],
		['in Nepal', '2025-01-31T18:15:00.000Z', '2025-08-31T18:14:59.999Z'],
		['in Greenwich', '2025-02-01T00:00:00.000Z', '2025-08-31T23:59:59.999Z'],
		['nowhere, because it is a date', '2025-02-01', '2025-08-31'],
	])('is the day of the person %s', (_where, startDate, endDate) => {
		expect(answered({ hiringStatus: 'inactive', startDate, endDate })).toMatchObject({
			startDate: '2025-02-01',
			endDate: '2025-08-31',
			status: 'inactive',
		});
	});

	it.each(['', null, undefined, 'soon', '0000-00-00'])('is none where Deel says %j', (endDate) => {
		const answer = answered({ hiringStatus: 'inactive', startDate: '2025-02-01', endDate });
		expect(answer).toMatchObject({ status: 'unknown' });
		expect(answer).not.toHaveProperty('endDate');
	});
});
