import { type Personio, startPersonio } from '../../../vendors/personio.mts';
import { behavesLikeASource } from './sourceBehaviour.mts';
import { daysFromNow, type SourceUnderTest, startSource } from './sourceUnderTest.mts';

const CLIENT = { clientId: 'papi-client', clientSecret: 'emulated-secret' };
const id = (number: number) => `3218${number}`;

let vendor: Personio;
let source: SourceUnderTest;

beforeAll(async () => {
	vendor = await startPersonio(CLIENT);
	source = await startSource({
		name: 'personio',
		vendor,
		credentials: {
			oAuth2Api: {
				...CLIENT,
				grantType: 'clientCredentials',
				accessTokenUrl: 'https://api.personio.de/v2/auth/token',
				authentication: 'body',
				scope: '',
			},
		},
	});
}, 120_000);

afterAll(async () => {
	await source?.stop();
	await vendor?.close();
}, 60_000);

beforeEach(() => {
	vendor.setLargestPage(50);
	vendor.showEmployments(true);
});

describe('the Personio source', () => {
	behavesLikeASource({
		source: 'personio',
		id,
		vendor: () => vendor,
		underTest: () => source,
		words: { active: 'ACTIVE', ended: 'INACTIVE', notStarted: 'ONBOARDING' },
		onLeave: 'LEAVE',
		endedWithoutDate: 'INACTIVE',
		requests: {
			'the reading of people': /persons\?/,
			'the reading of employments': /employments\?/,
			'the reading of a department': /org-units/,
		},
		found: {
			displayName: 'Ada Lovelace',
			title: 'Analyst',
			department: 'Engineering',
			employeeNumber: 'E-1',
			managerEmail: 'boss@example.com',
		},
	});

	it('asks for a new token when the old one is worth nothing any more', async () => {
		await source.ask({ ask: 'person', employeeId: id(101) });
		vendor.expireTokens();

		const items = await source.ask({ ask: 'person', employeeId: id(101) });

		expect(items).toMatchObject([{ found: true, sourceId: id(101) }]);
	}, 60_000);

	it('asks for many people in several requests', async () => {
		const numbers = Array.from({ length: 60 }, (_, index) => 500 + index);
		for (const number of numbers) {
			vendor.staff.setEmployee({ id: id(number), email: `many${number}@example.com` });
		}

		const items = await source.ask(
			...numbers.map((number) => ({ ask: 'person', employeeId: id(number) })),
		);

		expect(items.map(({ sourceId }) => sourceId)).toEqual(numbers.map(id));
		const searches = vendor.requests().filter(({ path }) => path.startsWith('/v2/persons?'));
		expect(Math.max(...searches.map(({ path }) => path.length))).toBeLessThan(2000);
	}, 60_000);

	it('fails where the API credentials may not read employments', async () => {
		vendor.showEmployments(false);

		await expect(source.ask({ ask: 'person', employeeId: id(101) })).rejects.toThrow(
			/must be allowed to read them/,
		);
	});

	it('tells who left and will come back', async () => {
		vendor.staff.terminate(id(101), daysFromNow(-9));
		vendor.staff.rehire(id(101), daysFromNow(30));

		const [item] = await source.ask({ ask: 'person', employeeId: id(101) });

		expect(item).toMatchObject({
			status: 'notStarted',
			startDate: daysFromNow(30),
			endDate: daysFromNow(-9),
			explanation: expect.stringContaining('will be back'),
		});
	});

	it('reads leavers over several pages, and fails where one is missing', async () => {
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
		vendor.fail({ on: /cursor=cur_10/, status: 500 });

		expect(items).toHaveLength(12);
		expect(items.at(-1)).toMatchObject({ manifest: true, pages: 3, count: 11, complete: true });
		await expect(source.ask({ ask: 'leavers', since: daysFromNow(-5) })).rejects.toThrow(
			/500|not able|error/,
		);
	}, 60_000);
});
