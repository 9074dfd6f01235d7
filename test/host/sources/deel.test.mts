import { type Deel, startDeel } from '../../../vendors/deel.mts';
import { behavesLikeASource } from './sourceBehaviour.mts';
import { daysFromNow, type SourceUnderTest, startSource } from './sourceUnderTest.mts';

const TOKEN = 'emulated-token';
const id = (number: number) => `34a06b03-613f-4770-b0ce-${String(number).padStart(12, '0')}`;

let vendor: Deel;
let source: SourceUnderTest;

beforeAll(async () => {
	vendor = await startDeel({ token: TOKEN });
	source = await startSource({
		name: 'deel',
		vendor,
		credentials: { httpBearerAuth: { token: TOKEN } },
	});
}, 120_000);

afterAll(async () => {
	await source?.stop();
	await vendor?.close();
}, 60_000);

beforeEach(() => {
	vendor.setLargestPage(99);
	vendor.writeDatesIn(undefined);
});

describe('the Deel source', () => {
	behavesLikeASource({
		source: 'deel',
		id,
		vendor: () => vendor,
		underTest: () => source,
		words: { active: 'active', ended: 'inactive', notStarted: 'onboarding' },
		endedWithoutDate: 'inactive',
		requests: { 'the person': /Users\/34a0/, 'the search': /Users\?/ },
		found: {
			title: 'Analyst',
			department: 'Engineering',
			employeeNumber: 'E-1',
			managerEmail: 'boss@example.com',
		},
	});

	it('reads leavers over several pages', async () => {
		for (let number = 400; number < 411; number += 1) {
			vendor.staff.setEmployee({
				id: id(number),
				email: `many${number}@example.com`,
				startDate: '2021-01-01',
			});
			vendor.staff.terminate(id(number), daysFromNow(-2));
		}
		vendor.setLargestPage(5);

		const items = await source.ask({ ask: 'leavers', since: daysFromNow(-5) });

		expect(items).toHaveLength(12);
		expect(items.at(-1)).toMatchObject({ manifest: true, pages: 3, count: 11, complete: true });
	});

	it.each([6, 11])(
		'fails where the page that begins with number %i is missing',
		async (start) => {
			for (let number = 400; number < 410; number += 1) {
				vendor.staff.setEmployee({ id: id(number), email: `many${number}@example.com` });
			}
			vendor.setLargestPage(5);
			vendor.fail({ on: new RegExp(`startIndex=${start}\\b`), status: 500 });

			await expect(source.ask({ ask: 'leavers', since: daysFromNow(-5) })).rejects.toThrow(
				/500|not able|error/,
			);
		},
		60_000,
	);

	it.each(['Asia/Manila', 'Pacific/Auckland', 'Pacific/Honolulu', 'America/New_York', 'Asia/Kathmandu'])(
		'reads the days that begin and end where people are: %s',
		async (zone) => {
			const employee = { id: id(101), email: 'far@example.com', startDate: '2021-03-01' };
			vendor.staff.setEmployee(employee);
			vendor.staff.terminate(id(101), '2025-08-31');
			vendor.writeDatesIn(zone);

			const [person] = await source.ask({ ask: 'person', employeeId: id(101) });
			const leavers = await source.ask({ ask: 'leavers', since: '2025-08-31' });

			const days = { startDate: '2021-03-01', endDate: '2025-08-31' };
			expect(person).toMatchObject({ ...days, status: 'inactive' });
			expect(leavers).toContainEqual(expect.objectContaining({ sourceId: id(101), ...days }));
			expect(await source.ask({ ask: 'leavers', since: '2025-09-01' })).not.toContainEqual(
				expect.objectContaining({ sourceId: id(101) }),
			);
		},
		60_000,
	);

	it('takes a person for begun whose papers are late', async () => {
		vendor.staff.setEmployee({ id: id(101), status: 'onboarding_overdue' });

		const [item] = await source.ask({ ask: 'person', employeeId: id(101) });

		expect(item).toMatchObject({ status: 'active', statusWord: 'onboarding_overdue' });
	});
});
