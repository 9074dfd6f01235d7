import { poll } from '../../../host/poll.mts';
import { type BambooHr, startBambooHr } from '../../../vendors/bambooHr.mts';
import { type DirectoryPerson, directoryStaff, STAFF } from '../../../vendors/directoryStaff.mts';
import type { Employee } from '../../../vendors/staff.mts';
import { daysFromNow, type SourceUnderTest, startSource } from './sourceUnderTest.mts';

jest.setTimeout(60_000);

const API_KEY = 'emulated-key';

const ADA: Employee = {
	id: '101',
	email: 'ada@example.com',
	givenName: 'Ada',
	familyName: 'Lovelace',
	title: 'Analyst',
	department: 'Engineering',
	division: 'Engines',
	employeeNumber: 'E-1',
	managerId: '100',
	startDate: '2024-01-15',
};
const MANAGER: Employee = {
	id: '100',
	email: 'boss@example.com',
	givenName: 'Bea',
	startDate: '2020-01-01',
};

let vendor: BambooHr;
let source: SourceUnderTest;

beforeAll(async () => {
	vendor = await startBambooHr({ company: 'acme', apiKey: API_KEY });
	source = await startSource({
		name: 'bamboohr',
		vendor,
		credentials: {
			httpBasicAuth: { user: API_KEY, password: 'x' },
		},
		settings: {
			company: 'acme',
			groupsFrom: ['department', 'location'],
			groupRules: [{ when: { title: 'Head of *' }, groups: ['Leads'] }],
		},
	});
}, 120_000);

afterAll(async () => {
	await source?.stop();
	await vendor?.close();
}, 60_000);

beforeEach(() => {
	vendor.heal();
	vendor.setLargestPage(2500);
	vendor.hideFields();
	vendor.clearRequests();
	vendor.staff.clear();
	for (const employee of [MANAGER, ADA]) vendor.staff.setEmployee(employee);
});

describe('the BambooHR source, asked for a person', () => {
	it('gives what BambooHR says', async () => {
		const items = await source.ask({ ask: 'person', employeeId: '101' });

		expect(items).toEqual([
			{
				found: true,
				source: 'bamboohr',
				sourceId: '101',
				status: 'active',
				statusWord: 'Active',
				active: true,
				email: 'ada@example.com',
				displayName: 'Ada Lovelace',
				givenName: 'Ada',
				familyName: 'Lovelace',
				title: 'Analyst',
				department: 'Engineering',
				division: 'Engines',
				employeeNumber: 'E-1',
				managerEmail: 'boss@example.com',
				startDate: '2024-01-15',
				asked: { employeeId: '101', email: '' },
			},
		]);
	});

	it('gives every record with the same address, however it is written', async () => {
		vendor.staff.setEmployee({ id: '55', email: 'ADA@example.com', startDate: '2020-01-01' });
		vendor.staff.terminate('55', '2022-12-31');

		const items = await source.ask({ ask: 'person', employeeId: '55' });

		expect(
			items.map(({ sourceId, status, active, endDate }) => [sourceId, status, active, endDate]),
		).toEqual([
			['55', 'inactive', false, '2022-12-31'],
			['101', 'active', true, undefined],
		]);
	});

	it('finds by the address alone, and by the link when HR has cleared the address', async () => {
		vendor.staff.setEmployee({ id: '102', email: 'moved@example.com', startDate: '2024-01-01' });
		vendor.staff.setEmployee({ id: '103', email: 'moved@example.com', startDate: '2026-01-01' });
		vendor.staff.terminate('102', daysFromNow(-1));
		vendor.staff.clearEmail('102');

		const byEmail = await source.ask({ ask: 'person', email: 'Ada@Example.com' });
		const byLink = await source.ask({
			ask: 'person',
			employeeId: '102',
			email: 'moved@example.com',
		});

		expect(byEmail.map(({ sourceId }) => sourceId)).toEqual(['101']);
		expect(byLink.map(({ sourceId, active }) => [sourceId, active])).toEqual([
			['102', false],
			['103', true],
		]);
		expect(byLink[0]).not.toHaveProperty('email');
	});

	it.each([
		[
			'has left',
			(id: string) => vendor.staff.terminate(id, daysFromNow(-3)),
			{ status: 'inactive', active: false, statusWord: 'Inactive', endDate: daysFromNow(-3) },
		],
		[
			'will leave',
			(id: string) => vendor.staff.terminate(id, daysFromNow(40)),
			{ status: 'active', active: true, endDate: daysFromNow(40) },
		],
		[
			'works the last day today',
			(id: string) => vendor.staff.terminate(id, daysFromNow(0)),
			{ status: 'inactive', endDate: daysFromNow(0) },
		],
		[
			'came back',
			(id: string) => {
				vendor.staff.terminate(id, daysFromNow(-90));
				vendor.staff.rehire(id, daysFromNow(-3));
			},
			{ status: 'active', active: true, startDate: daysFromNow(-3), endDate: undefined },
		],
		[
			'left and will come back',
			(id: string) => {
				vendor.staff.terminate(id, daysFromNow(-9));
				vendor.staff.rehire(id, daysFromNow(30));
			},
			{
				status: 'notStarted',
				startDate: daysFromNow(30),
				endDate: daysFromNow(-9),
				explanation: expect.stringContaining('will be back'),
			},
		],
		[
			'stays after all',
			(id: string) => {
				vendor.staff.terminate(id, daysFromNow(2));
				vendor.staff.withdrawTermination(id);
			},
			{ status: 'active', endDate: undefined },
		],
		[
			'has yet to begin',
			(id: string) => vendor.staff.setEmployee({ id, startDate: daysFromNow(30) }),
			{ status: 'notStarted', active: true, startDate: daysFromNow(30), endDate: undefined },
		],
		[
			'is on leave',
			(id: string) => vendor.staff.setEmployee({ id, onLeave: true, status: 'Inactive' }),
			{ status: 'onLeave', active: true },
		],
		[
			'is inactive without a date',
			(id: string) => vendor.staff.setEmployee({ id, status: 'Inactive' }),
			{
				status: 'unknown',
				active: false,
				endDate: undefined,
				explanation: expect.stringContaining('person must look'),
			},
		],
		[
			'has a status that no one knows',
			(id: string) => vendor.staff.setEmployee({ id, status: 'Suspended' }),
			{
				status: 'unknown',
				active: false,
				statusWord: 'Suspended',
				explanation: expect.stringContaining('"Suspended"'),
			},
		],
	])('tells where a person stands who %s', async (_case, change, expected) => {
		change('101');

		const [item] = await source.ask({ ask: 'person', employeeId: '101' });

		expect({ endDate: undefined, ...item }).toMatchObject(expected);
	});

	it('leaves out what BambooHR does not give', async () => {
		vendor.staff.setEmployee({ id: '7', startDate: '2024-01-01' });

		const [item] = await source.ask({ ask: 'person', employeeId: '7' });

		expect(Object.keys(item ?? {}).sort()).toEqual([
			'active',
			'asked',
			'found',
			'source',
			'sourceId',
			'startDate',
			'status',
			'statusWord',
		]);
	});

	it('keeps names as they are written', async () => {
		vendor.staff.setEmployee({
			id: '8',
			email: 'zoe@example.com',
			givenName: 'Zoë',
			familyName: 'Łukasiewicz 王',
		});

		const [item] = await source.ask({ ask: 'person', email: 'zoe@example.com' });

		expect(item).toMatchObject({ givenName: 'Zoë', familyName: 'Łukasiewicz 王' });
	});

	it('reads no list of all employees, and asks what can be asked at once in one round', async () => {
		await source.ask({ ask: 'person', employeeId: '101', email: 'ADA@example.com' });
		const paths = vendor.requests().map(({ path }) => decodeURIComponent(path).replace(/fields=[^&]*/, ''));

		expect(paths.toSorted()).toEqual([
			'/api/v1/employees/101/tables/employmentStatus',
			'/api/v1/employees/101?',
			'/api/v1/employees?filter[workEmail]=ada@&&page[limit]=2500',
		]);
	});

	it.each(['ada@example.com', 'Ada@Example.com'])('asks by ID for three things, each once: %s', async (email) => {
		vendor.staff.setEmployee({ ...ADA, email });

		const items = await source.ask({ ask: 'person', employeeId: '101' });
		const paths = vendor.requests().map(({ path }) => decodeURIComponent(path).replace(/fields=[^&]*/, ''));

		expect(items).toMatchObject([{ found: true, sourceId: '101' }]);
		expect(paths.toSorted()).toEqual([
			'/api/v1/employees/101/tables/employmentStatus',
			'/api/v1/employees/101?',
			'/api/v1/employees?filter[workEmail]=ada@&&page[limit]=2500',
		]);
	});

	it('takes no one for the same person whose address contains the same letters', async () => {
		vendor.staff.setEmployee({ id: '56', email: 'canada@example.com', startDate: '2020-01-01' });
		vendor.staff.setEmployee({ id: '57', email: 'ada@example.com.au', startDate: '2020-01-01' });

		const items = await source.ask({ ask: 'person', employeeId: '101' });

		expect(items.map(({ sourceId }) => sourceId)).toEqual(['101']);
	});

	it('answers several questions at once, each under what was asked', async () => {
		const items = await source.ask(
			{ ask: 'person', employeeId: '101', email: 'ada@example.com' },
			{ ask: 'person', employeeId: '9999' },
			{ ask: 'person', email: 'boss@example.com' },
		);

		expect(items.map(({ found, sourceId, asked }) => [found, sourceId, asked])).toEqual([
			[true, '101', { employeeId: '101', email: 'ada@example.com' }],
			[false, '9999', { employeeId: '9999', email: '' }],
			[true, '100', { employeeId: '', email: 'boss@example.com' }],
		]);
	});

	it('says which question cannot be asked, and answers the others', async () => {
		const items = await source.ask({ ask: 'person', employeeId: '0' }, { ask: 'person', employeeId: '101' });

		expect(items).toEqual([
			expect.objectContaining({ found: true, sourceId: '101' }),
			expect.objectContaining({ found: false, unreadable: expect.stringContaining('"0" is not the ID') }),
		]);
	});

	it('says that there is no one only where a list of BambooHR says so, too', async () => {
		const items = await source.ask({
			ask: 'person',
			employeeId: '9999',
			email: 'nobody@example.com',
		});

		expect(items).toEqual([
			{
				found: false,
				source: 'bamboohr',
				sourceId: '9999',
				asked: { employeeId: '9999', email: 'nobody@example.com' },
			},
		]);
		expect(vendor.requests()).toContainEqual(
			expect.objectContaining({ path: expect.stringContaining('ids'), status: 200 }),
		);
	});

	it.each([
		[
			'an ID that is no number',
			{ ask: 'person', employeeId: '12/../13' },
			/not the ID of an employee/,
		],
		[
			"the number of the API key's owner",
			{ ask: 'person', employeeId: '0' },
			/not the ID of an employee/,
		],
		['no one', { ask: 'person' }, /an employee ID or an email address is needed/],
		['something else', { ask: 'everything' }, /must be "person" or "leavers"/],
		['leavers since no date', { ask: 'leavers', since: 'yesterday' }, /must be a date/],
	])('refuses to be asked for %s', async (_case, question, sentence) => {
		await expect(source.ask(question)).rejects.toThrow(sentence);
		expect(vendor.requests()).toEqual([]);
	});

	it.each([
		['the key is rejected', { status: 401 }, /401|[Aa]uthori/],
		['the list is out of order', { on: /employees\?/, status: 500 }, /status 500/],
		['the list is not whole', { on: /employees\?/, emptyList: true }, /documented form/],
		['the employee cannot be read', { on: /employees\/101\?/, status: 403 }, /403|[Ff]orbidden/],
		['a proxy hides the list', { on: /employees\?/, html: true }, /404|could not be found/],
		[
			'a proxy hides the employee',
			{ on: /employees\/101\?/, html: true },
			/lists employee 101.*404/,
		],
		['a proxy hides everything', { html: true }, /404/],
		[
			'a proxy hides the statuses',
			{ on: /employmentStatus/, html: true },
			/404|could not be found/,
		],
		[
			'a proxy answers for the list',
			{ on: /employees\?/, html: true, status: 200 },
			/no answer that can be read|documented form/,
		],
		[
			'a proxy answers for the employee',
			{ on: /employees\/101\?/, html: true, status: 200 },
			/no answer that can be read|did not give status/,
		],
		['the employee is empty', { on: /employees\/101\?/, emptyList: true }, /did not give status/],
		['the list breaks off', { on: /employees\?/, brokenJson: true }, /no answer that can be read|documented form/],
	])(
		'fails where %s',
		async (_case, failure, sentence) => {
			vendor.fail(failure);

			await expect(source.ask({ ask: 'person', employeeId: '101' })).rejects.toThrow(sentence);
		},
		60_000,
	);

	it('tries again after a failure that passes', async () => {
		vendor.fail({ on: /employees\?/, status: 503, times: 1 });
		vendor.fail({ on: /employees\/101\?/, status: 429, times: 1 });

		const items = await source.ask({ ask: 'person', employeeId: '101' });

		expect(items).toMatchObject([{ found: true, sourceId: '101' }]);
	}, 60_000);

	it.each(['status', 'workEmail'])('fails where the key may not see the field %s', async (field) => {
		vendor.hideFields(field);

		const answer = source.ask({ ask: 'person', employeeId: '101' });

		await expect(answer).rejects.toThrow(/did not give status and workEmail of employee 101/);
	});
});

describe('the BambooHR source, asked for leavers', () => {
	const since = daysFromNow(-30);

	beforeEach(() => {
		for (let number = 200; number < 212; number += 1) {
			const email = `leaver${number}@example.com`;
			vendor.staff.setEmployee({
				id: String(number),
				email,
				givenName: 'Left',
				managerId: '100',
				startDate: '2021-01-01',
			});
			vendor.staff.terminate(String(number), daysFromNow(number - 235));
		}
		vendor.staff.terminate('101', daysFromNow(9));
		vendor.staff.setEmployee({ id: '300', status: 'Inactive', startDate: '2024-01-01' });
		vendor.staff.setEmployee({
			id: '301',
			onLeave: true,
			status: 'Inactive',
			startDate: '2024-01-01',
		});
		vendor.staff.setEmployee({ id: '302', startDate: daysFromNow(20) });
		vendor.staff.setEmployee({ id: '303', startDate: '2020-01-01' });
		vendor.staff.terminate('303', daysFromNow(-20));
		vendor.staff.rehire('303', daysFromNow(-2));
	});

	it('gives who left since the day and who must be looked at, over several pages, and says so', async () => {
		vendor.setLargestPage(5);

		const items = await source.ask({ ask: 'leavers', since });

		const people = items.slice(0, -1);
		expect(people.map(({ sourceId }) => sourceId)).toEqual([
			'205',
			'206',
			'207',
			'208',
			'209',
			'210',
			'211',
			'300',
		]);
		expect(people[0]).toMatchObject({
			found: true,
			source: 'bamboohr',
			status: 'inactive',
			active: false,
			email: 'leaver205@example.com',
			managerEmail: 'boss@example.com',
			endDate: since,
		});
		expect(people.at(-1)).toMatchObject({ status: 'unknown', explanation: expect.any(String) });
		expect(items.at(-1)).toEqual({
			manifest: true,
			source: 'bamboohr',
			readAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
			pages: 4,
			count: 8,
			complete: true,
		});
	});

	it('gives an empty list with a manifest where no one left', async () => {
		vendor.staff.clear();
		vendor.staff.setEmployee(ADA);

		const items = await source.ask({ ask: 'leavers', since });

		expect(items).toMatchObject([{ manifest: true, count: 0, complete: true }]);
	});

	it.each([
		['in the middle', 10],
		['at the end', 15],
	])(
		'fails where a page %s is missing',
		async (_case, after) => {
			vendor.setLargestPage(5);
			const cursor = Buffer.from(String(after)).toString('base64');
			vendor.fail({ on: new RegExp(`after\\]=${cursor}`), status: 500 });

			await expect(source.ask({ ask: 'leavers', since })).rejects.toThrow(/500|not able|error/i);
		},
		60_000,
	);

	it('says so where the list changed while it was read', async () => {
		vendor.setLargestPage(5);
		vendor.fail({ on: /after\]=/, delay: 300, times: 2 });
		const joinWhileItReads = async () => {
			await poll(async () => vendor.requests().at(0), 'the first page', 10_000);
			vendor.staff.setEmployee({ id: '900', startDate: '2024-01-01' });
		};

		const [items] = await Promise.all([source.ask({ ask: 'leavers', since }), joinWhileItReads()]);

		expect(items.at(-1)).toMatchObject({ complete: false, explanation: expect.any(String) });
	});
});

describe('the BambooHR source, asked for everyone', () => {
	const directory = directoryStaff();

	beforeEach(() => {
		vendor.staff.clear();
		for (const person of directory.all()) vendor.staff.setEmployee(employeeOf(person));
		vendor.setLargestPage(100);
	});

	it('gives every employee, with groups, and says that the list is complete', async () => {
		const items = await source.ask({ ask: 'everybody' });

		expect(items.slice(0, -1)).toEqual(directory.all().map(expected));
		expect(items.at(-1)).toEqual({
			manifest: true,
			source: 'bamboohr',
			readAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
			pages: 3,
			count: 250,
			complete: true,
			groupsComplete: true,
			attributesRead: [
				'email',
				'displayName',
				'givenName',
				'familyName',
				'title',
				'department',
				'division',
				'employeeNumber',
				'managerEmail',
				'groups',
			],
		});
		expect(vendor.requests()).toHaveLength(3);
	});

	it('counts the last day as worked, and takes no one on leave or back again for a leaver', async () => {
		const id = (number: number) => String(1000 + number);
		vendor.staff.terminate(id(50), daysFromNow(0));
		vendor.staff.terminate(id(51), daysFromNow(-2));
		vendor.staff.terminate(id(52), daysFromNow(30));
		vendor.staff.terminate(id(53), daysFromNow(-90));
		vendor.staff.rehire(id(53), daysFromNow(-3));
		vendor.staff.setEmployee({ id: id(54), onLeave: true, status: 'Inactive' });
		vendor.staff.setEmployee({ id: id(55), status: 'Inactive' });

		const items = await source.ask({ ask: 'everybody' });

		const employmentState = (number: number) => {
			const found = items.find(({ sourceId }) => sourceId === id(number));
			return [found?.['status'], found?.['active'], found?.['endDate']];
		};
		expect([50, 51, 52, 53, 54, 55].map(employmentState)).toEqual([
			['active', true, daysFromNow(0)],
			['inactive', false, daysFromNow(-2)],
			['active', true, undefined],
			['active', true, undefined],
			['onLeave', true, undefined],
			['unknown', true, undefined],
		]);
	});

	it.each([
		['in the middle', 1, 100],
		['at the end', 2, 200],
	])('gives out what was read where a page %s fails, and says that it is not complete', async (_case, pages, count) => {
		const cursor = Buffer.from(String(pages * 100)).toString('base64');
		vendor.fail({ on: new RegExp(`after\\]=${cursor}`), status: 500 });

		const items = await source.ask({ ask: 'everybody' });

		expect(items).toHaveLength(count + 1);
		expect(items.slice(0, -1)).toEqual(directory.all().slice(0, count).map(expected));
		expect(items.at(-1)).toMatchObject({
			count,
			complete: false,
			groupsComplete: false,
			explanation: expect.stringContaining('was answered with status 500'),
		});
	});

	it.each([
		['the first page fails', () => vendor.fail({ status: 500 }), /status 500/],
		['the key is rejected', () => vendor.fail({ status: 401 }), /status 401/],
		['a proxy answers', () => vendor.fail({ html: true, status: 200 }), /no answer|no list/],
		['no one is listed', () => vendor.staff.clear(), /lists no one/],
	])('gives a manifest alone where %s', async (_case, happen, sentence) => {
		happen();

		const items = await source.ask({ ask: 'everybody' });

		expect(items).toMatchObject([{ manifest: true, count: 0, complete: false, groupsComplete: false }]);
		expect(items[0]?.['explanation']).toMatch(sentence);
	});

	it('tries again after a failure that passes', async () => {
		vendor.fail({ on: /after\]=/, status: 503, times: 1 });

		expect((await source.ask({ ask: 'everybody' })).at(-1)).toMatchObject({
			count: 250,
			complete: true,
			pages: 4,
		});
	});

	it('says so where the list changed while it was read', async () => {
		vendor.fail({ on: /after\]=/, delay: 300, times: 1 });
		const joinWhileItReads = async () => {
			await poll(async () => vendor.requests().at(0), 'the first page', 10_000);
			vendor.staff.setEmployee({ id: '9000', startDate: '2024-01-01' });
		};

		const [items] = await Promise.all([source.ask({ ask: 'everybody' }), joinWhileItReads()]);

		expect(items.at(-1)).toMatchObject({ complete: false, explanation: expect.stringMatching(/250, then 251|251, then 250/) });
	});

	it('says which attributes and groups the key may not see', async () => {
		vendor.hideFields('departmentName', 'jobTitleName');

		const items = await source.ask({ ask: 'everybody' });
		const [person] = items;

		expect(person).not.toHaveProperty('groups');
		expect(items.at(-1)).toMatchObject({
			complete: true,
			groupsComplete: false,
			explanation: expect.stringContaining('departmentName'),
			attributesRead: ['email', 'displayName', 'givenName', 'familyName', 'division', 'employeeNumber', 'managerEmail'],
		});
	});

	it.each(['status', 'workEmail'])('is not complete where the key may not see %s', async (field) => {
		vendor.hideFields(field);

		const items = await source.ask({ ask: 'everybody' });

		expect(items.at(-1)).toMatchObject({ count: 250, complete: false, groupsComplete: false });
		expect(items.filter(({ active }) => active === false)).toHaveLength(field === 'status' ? 0 : STAFF.disabled.length);
	});

	function employeeOf(person: DirectoryPerson): Employee {
		const { number, state } = person;
		return {
			id: String(1000 + number),
			...attributesOf(person),
			...(person.managerNumber === undefined ? {} : { managerId: String(1000 + person.managerNumber) }),
			...(number % 3 === 0 ? { location: 'Köln' } : {}),
			startDate: person.hireDate ?? '2024-01-15',
			...(person.leaveDate === undefined ? {} : { endDate: person.leaveDate }),
			...(state === 'suspended' ? { status: 'Suspended' } : {}),
			onLeave: state === 'lockedOut',
		};
	}

	const EMPLOYMENT_STATES = {
		active: { active: true, status: 'active', statusWord: 'Active' },
		disabled: { active: false, status: 'inactive', statusWord: 'Inactive' },
		notStarted: { active: true, status: 'notStarted', statusWord: 'Inactive' },
		lockedOut: { active: true, status: 'onLeave', statusWord: 'Active, Furloughed' },
		suspended: {
			active: true,
			status: 'unknown',
			statusWord: 'Suspended',
			explanation: 'BambooHR says "Suspended", a status that this workflow does not know. A person must look.',
		},
	};

	/** What the source is to say of a person, written from the staff alone. */
	function expected(person: DirectoryPerson): Record<string, unknown> {
		const { number, givenName, familyName, title, department } = person;
		const displayName = [givenName, familyName].filter((name) => name !== undefined).join(' ');
		const managerEmail = directory.find(person.managerNumber)?.email;
		return {
			source: 'bamboohr',
			sourceId: String(1000 + number),
			...EMPLOYMENT_STATES[person.state],
			...attributesOf(person),
			...(displayName === '' ? {} : { displayName }),
			...(managerEmail === undefined ? {} : { managerEmail }),
			groups: [
				...(department === undefined ? [] : [department]),
				...(number % 3 === 0 ? ['Köln'] : []),
				...(title?.startsWith('Head of ') ? ['Leads'] : []),
			],
			startAt: `${person.hireDate ?? '2024-01-15'}T00:00:00.000Z`,
			...(person.leaveDate === undefined ? {} : { endDate: person.leaveDate }),
			inScope: true,
		};
	}

	function attributesOf(person: DirectoryPerson) {
		const { email, givenName, familyName, title, department, employeeNumber } = person;
		return {
			...(email === undefined ? {} : { email }),
			...(givenName === undefined ? {} : { givenName }),
			...(familyName === undefined ? {} : { familyName }),
			...(title === undefined ? {} : { title }),
			...(department === undefined ? {} : { department }),
			...(employeeNumber === undefined ? {} : { employeeNumber }),
		};
	}
});
