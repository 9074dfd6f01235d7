import type { HrisFailure, HrisServer } from '../../../vendors/hrisServer.mts';
import type { Staff } from '../../../vendors/staff.mts';
import { daysFromNow, type Item, type SourceUnderTest } from './sourceUnderTest.mts';

export interface Behaviour {
	/** As the records name it. */
	source: string;
	/** A well-formed id of an employee; different numbers give different ids. */
	id(number: number): string;
	vendor(): HrisServer & { readonly staff: Staff };
	underTest(): SourceUnderTest;
	/** The vendor's words, as they stand in `statusWord`. */
	words: { active: string; ended: string; notStarted: string };
	/** The word for a leave of absence, where the vendor has one. */
	onLeave?: string;
	/** Words for the end of an employment that need a person where no date comes with them. */
	endedWithoutDate: string;
	/** Every request of a question about one person, and what it says where it is refused. */
	requests: Record<string, RegExp>;
	/** The request whose answer says who there is. */
	found: Record<string, unknown>;
}

const REFUSED =
	/\d{3}|could not be found|not able|[Ff]orbidden|[Aa]uthori|credentials|form|JSON|error|did not give/;

/** What is the same for every source, whatever the vendor. To be called where tests are described. */
export function behavesLikeASource(behaviour: Behaviour): void {
	const { id, words } = behaviour;
	const staff = () => behaviour.vendor().staff;
	const ask = async (...questions: Parameters<SourceUnderTest['ask']>) =>
		await behaviour.underTest().ask(...questions);
	const about = async (employeeId: string): Promise<Item | undefined> =>
		(await ask({ ask: 'person', employeeId }))[0];

	beforeEach(() => {
		behaviour.vendor().heal();
		behaviour.vendor().clearRequests();
		staff().clear();
		staff().setEmployee({
			id: id(100),
			email: 'boss@example.com',
			givenName: 'Bea',
			startDate: '2020-01-01',
		});
		staff().setEmployee({
			id: id(101),
			email: 'ada@example.com',
			givenName: 'Ada',
			familyName: 'Lovelace',
			title: 'Analyst',
			department: 'Engineering',
			employeeNumber: 'E-1',
			managerId: id(100),
			startDate: '2024-01-15',
		});
	});

	it('gives what the HRIS says of a person', async () => {
		expect(await ask({ ask: 'person', employeeId: id(101) })).toEqual([
			{
				found: true,
				source: behaviour.source,
				sourceId: id(101),
				status: 'active',
				statusWord: words.active,
				active: true,
				email: 'ada@example.com',
				givenName: 'Ada',
				familyName: 'Lovelace',
				startDate: '2024-01-15',
				asked: { employeeId: id(101), email: '' },
				...behaviour.found,
			},
		]);
	});

	it('gives every record with the same address, however it is written', async () => {
		staff().setEmployee({ id: id(55), email: 'ADA@example.com', startDate: '2020-01-01' });
		staff().terminate(id(55), '2022-12-31');

		const items = await ask({ ask: 'person', employeeId: id(55) });

		expect(
			items.map(({ sourceId, status, active, endDate }) => [sourceId, status, active, endDate]),
		).toEqual([
			[id(55), 'inactive', false, '2022-12-31'],
			[id(101), 'active', true, undefined],
		]);
	});

	it('finds by the address alone', async () => {
		staff().setEmployee({ id: id(56), email: 'not.ada@example.com', startDate: '2020-01-01' });

		const items = await ask({ ask: 'person', email: 'Ada@Example.com' });

		expect(items).toMatchObject([{ found: true, sourceId: id(101) }]);
	});

	const employmentStates: Array<[string, () => void, Record<string, unknown>]> = [
		[
			'has left',
			() => staff().terminate(id(101), daysFromNow(-3)),
			{ status: 'inactive', active: false, statusWord: words.ended, endDate: daysFromNow(-3) },
		],
		[
			'will leave',
			() => staff().terminate(id(101), daysFromNow(40)),
			{ status: 'active', active: true, endDate: daysFromNow(40) },
		],
		[
			'came back',
			() => {
				staff().terminate(id(101), daysFromNow(-90));
				staff().rehire(id(101), daysFromNow(-3));
			},
			{ status: 'active', active: true, startDate: daysFromNow(-3), endDate: undefined },
		],
		[
			'stays after all',
			() => {
				staff().terminate(id(101), daysFromNow(2));
				staff().withdrawTermination(id(101));
			},
			{ status: 'active', endDate: undefined },
		],
		[
			'has yet to begin',
			() => staff().setEmployee({ id: id(101), startDate: daysFromNow(30) }),
			{
				status: 'notStarted',
				active: true,
				statusWord: words.notStarted,
				startDate: daysFromNow(30),
				endDate: undefined,
			},
		],
		...(behaviour.onLeave === undefined
			? []
			: [
					[
						'is on leave',
						() => staff().setEmployee({ id: id(101), onLeave: true }),
						{ status: 'onLeave', active: true, statusWord: behaviour.onLeave },
					] satisfies [string, () => void, Record<string, unknown>],
				]),
		[
			'ended without a date',
			() => staff().setEmployee({ id: id(101), status: behaviour.endedWithoutDate }),
			{
				status: 'unknown',
				active: false,
				endDate: undefined,
				explanation: expect.stringContaining('person must look'),
			},
		],
		[
			'has a status that no one knows',
			() => staff().setEmployee({ id: id(101), status: 'Quarantined' }),
			{
				status: 'unknown',
				active: false,
				statusWord: 'Quarantined',
				explanation: expect.stringContaining('Quarantined'),
			},
		],
	];
	it.each(employmentStates)('tells where a person stands who %s', async (_case, change, expected) => {
		change();

		expect({ endDate: undefined, ...(await about(id(101))) }).toMatchObject(expected);
	});

	it('leaves out what the HRIS does not give, and keeps names as they are written', async () => {
		staff().setEmployee({
			id: id(7),
			email: 'zoe@example.com',
			givenName: 'Zoë',
			familyName: 'Łukasiewicz 王',
			startDate: '2024-01-01',
		});

		const item = await about(id(7));

		expect(item).toMatchObject({ givenName: 'Zoë', familyName: 'Łukasiewicz 王' });
		expect(
			Object.entries(item ?? {}).filter(([, value]) => value === '' || value === null),
		).toEqual([]);
		for (const absent of [
			'title',
			'department',
			'employeeNumber',
			'managerEmail',
			'endDate',
			'explanation',
		]) {
			expect(item).not.toHaveProperty(absent);
		}
	});

	it('says which question cannot be asked, and answers the others', async () => {
		const items = await ask({ ask: 'person', employeeId: 'no ID' }, { ask: 'person', employeeId: id(101) });

		expect(items).toContainEqual(expect.objectContaining({ found: true, sourceId: id(101) }));
		expect(items).toContainEqual({
			found: false,
			source: behaviour.source,
			asked: { employeeId: 'no ID', email: '' },
			unreadable: expect.stringContaining('"no ID" is not the ID of an employee in '),
		});
	});

	it('answers several questions at once, each under what was asked, and says that there is no one', async () => {
		const items = await ask(
			{ ask: 'person', employeeId: id(101), email: 'ada@example.com' },
			{ ask: 'person', employeeId: id(9999) },
			{ ask: 'person', email: 'boss@example.com' },
			{ ask: 'person', email: 'nobody@example.com' },
		);

		expect(items.map(({ found, sourceId, asked }) => [found, sourceId, asked])).toEqual([
			[true, id(101), { employeeId: id(101), email: 'ada@example.com' }],
			[false, id(9999), { employeeId: id(9999), email: '' }],
			[true, id(100), { employeeId: '', email: 'boss@example.com' }],
			[false, undefined, { employeeId: '', email: 'nobody@example.com' }],
		]);
		expect(items[1]).toEqual({
			found: false,
			source: behaviour.source,
			sourceId: id(9999),
			asked: { employeeId: id(9999), email: '' },
		});
	});

	const wrongs: Array<[string, HrisFailure]> = Object.entries(behaviour.requests).flatMap(
		([name, on]) => [
			[`${name} is not allowed`, { on, status: 401 }],
			[`${name} is out of order`, { on, status: 500 }],
			[`a proxy hides ${name}`, { on, html: true }],
			[`a proxy answers for ${name}`, { on, html: true, status: 200 }],
			[`the answer to ${name} is empty`, { on, emptyList: true }],
		[`the answer to ${name} breaks off`, { on, brokenJson: true }],
		],
	);
	it.each(wrongs)(
		'fails where %s',
		async (_case, failure) => {
			behaviour.vendor().fail(failure);

			await expect(ask({ ask: 'person', employeeId: id(101) })).rejects.toThrow(REFUSED);
		},
		60_000,
	);

	it('does not take a proxy for an answer that there is no one', async () => {
		behaviour.vendor().fail({ html: true });

		await expect(ask({ ask: 'person', employeeId: id(9999) })).rejects.toThrow(REFUSED);
	}, 60_000);

	it('tries again after a failure that passes', async () => {
		for (const on of Object.values(behaviour.requests)) {
			behaviour.vendor().fail({ on, status: 503, times: 1 });
		}

		expect(await about(id(101))).toMatchObject({ found: true, sourceId: id(101) });
	}, 60_000);

	it.each([
		['no one', { ask: 'person' }, /an employee ID or an email address is needed/],
		[
			'an ID with a path in it',
			{ ask: 'person', employeeId: '../101' },
			/not the ID of an employee/,
		],
		['leavers since no date', { ask: 'leavers', since: 'yesterday' }, /must be a date/],
	])('refuses to be asked for %s', async (_case, question, sentence) => {
		await expect(ask(question)).rejects.toThrow(sentence);
		expect(behaviour.vendor().requests()).toEqual([]);
	});

	it('gives who left since a day and who must be looked at, and says how it was read', async () => {
		const since = daysFromNow(-30);
		for (let number = 200; number < 212; number += 1) {
			staff().setEmployee({
				id: id(number),
				email: `leaver${number}@example.com`,
				startDate: '2021-01-01',
			});
			staff().terminate(id(number), daysFromNow(number - 235));
		}
		staff().terminate(id(101), daysFromNow(9));
		staff().setEmployee({
			id: id(300),
			email: 'unclear@example.com',
			status: behaviour.endedWithoutDate,
			startDate: '2024-01-01',
		});
		staff().setEmployee({ id: id(302), email: 'later@example.com', startDate: daysFromNow(20) });
		staff().setEmployee({ id: id(303), email: 'back@example.com', startDate: '2020-01-01' });
		staff().terminate(id(303), daysFromNow(-20));
		staff().rehire(id(303), daysFromNow(-2));

		const items = await ask({ ask: 'leavers', since });

		expect(items.slice(0, -1).map(({ sourceId }) => sourceId)).toEqual(
			[205, 206, 207, 208, 209, 210, 211, 300].map(id),
		);
		expect(items[0]).toMatchObject({
			found: true,
			source: behaviour.source,
			status: 'inactive',
			active: false,
			email: 'leaver205@example.com',
			endDate: since,
		});
		expect(items.at(-1)).toEqual({
			manifest: true,
			source: behaviour.source,
			readAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
			pages: expect.any(Number),
			count: 8,
			complete: true,
		});
	}, 60_000);

	it('gives an empty list with a manifest where no one left', async () => {
		expect(await ask({ ask: 'leavers', since: daysFromNow(-30) })).toMatchObject([
			{ manifest: true, count: 0, complete: true },
		]);
	});
}
