import fc from 'fast-check';
import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';

import { countIn } from '../../../nodes/NotionScim/execution/scalarParameters.ts';
import { NotionScim } from '../../../nodes/NotionScim/NotionScim.node.ts';
import { company, memory } from '../directory/company.mts';
import { directory, policyParameters } from '../directory/planning.mts';
import { asItems, ChangesAbout } from '../directory/plannedChanges.mts';
import { dateIn, listOf } from '../lifecycle/leaverFlow.mts';
import type { NodeRun } from '../runner/engine.mts';
import type { NotionRunOptions, NotionTest } from '../support/notionTest.mts';
import { byEmail, jsons, onlyItem, setUpNotion } from '../support/notionTest.mts';

/** A switch, a number or a choice of an operation; in a collection where it has one. */
type Scalar = { operation: string; collection: string | undefined; property: INodeProperties };

const isProperty = (entry: object): entry is INodeProperties => 'type' in entry;

/** Every switch and every number that the node's description has, and every choice of how an operation works. */
const scalars: Scalar[] = new NotionScim().description.properties.flatMap((shown) => {
	const { resource: [resource] = [], operation: [operation] = [] } = shown.displayOptions?.show ?? {};
	// Only a tool has these, and test/engine/user/asTool.test.mts tries them.
	if (shown.displayOptions?.show?.['@tool']) return [];
	const fields = shown.type === 'collection' ? (shown.options ?? []).filter(isProperty) : [shown];
	return fields
		.filter(
			({ type, name }) =>
				type === 'boolean' || type === 'number' || (type === 'options' && !['resource', 'operation', 'role'].includes(name)),
		)
		.map((property) => ({
			operation: `${String(resource)}.${String(operation)}`,
			collection: shown === property ? undefined : shown.name,
			property,
		}));
});

type Situation = Pick<NotionRunOptions, 'items' | 'parameters'>;

const two = [{ who: 'ada@example.com' }, { who: 'kenji@example.com' }];
const owner = byEmail('second.owner@example.com');
const each = byEmail('={{ $json.who }}');
const team = { __rl: true, mode: 'name', value: 'Team' };

const UTC = { timeZone: { __rl: true, mode: 'name', value: 'UTC' } };

/** A row of the journal as the Data Table node gives it. */
const storedRow = (id: number, more: IDataObject): IDataObject => {
	const now = new Date().toISOString();
	return { source: 'bamboohr', employeeId: String(id), ...more, id, createdAt: now, updatedAt: now };
};

/** An event of a person, stored, and what the HRIS answers about the person. */
const planned = (job: string, status: string): { storedEvents: string; answers: IDataObject[] } => {
	const asked = { employeeId: '1', email: '' };
	const record = { source: 'bamboohr', sourceId: '1', status, email: 'new@example.com', displayName: 'New Person' };
	const kind = job === 'joiners' ? { kind: 'hire', event: 'hired' } : { kind: 'leave', event: 'onLeave' };
	return {
		storedEvents: JSON.stringify([storedRow(1, { ...kind, key: 'k', state: 'received' })]),
		answers: [{ ...record, department: 'Sales', startDate: dateIn(-3), found: true, asked }],
	};
};

/** A member whose last day was two days ago. */
const leaver = { source: 'bamboohr', sourceId: '7', status: 'inactive', email: 'ada@example.com', endDate: dateIn(-2) };

/** For each operation, something to do in which as much as possible depends on the switch or number. */
const situations: Record<string, (name: string, notion: NotionTest) => Situation | Promise<Situation>> = {
	'user.create': (name) => ({
		parameters: name === 'allowPrivileged'
			? { email: 'new@example.com', additionalFields: { role: 'membership_admin' } }
			: { email: 'new@contractor.example', additionalFields: { role: 'member' } },
	}),
	'user.upsert': (name) => ({
		parameters: name === 'allowPrivileged'
			? { email: 'second.owner@example.com', additionalFields: { title: 'Chief' } }
			: name === 'syncRole'
				? { email: 'restricted@example.com', additionalFields: { role: 'member' } }
				: { email: 'new@contractor.example', additionalFields: { role: 'member' } },
	}),
	'user.get': () => ({ parameters: { user: byEmail('ada@example.com') } }),
	'user.getAll': () => ({ parameters: {} }),
	'user.update': (name) =>
		name === 'allowPrivileged'
			? { parameters: { user: owner, updateFields: { title: 'Chief' } } }
			: name === 'allowExternalMember'
				? { parameters: { user: byEmail('ada@example.com'), updateFields: { email: 'ada@elsewhere.example' } } }
				: { parameters: { user: each, updateFields: { email: '={{ "new." + $json.who }}' } }, items: two },
	'user.remove': (name) =>
		name === 'allowPrivileged' ? { parameters: { user: owner } } : { parameters: { user: each }, items: two },
	'user.lockDown': (name) =>
		name === 'allowPrivileged' ? { parameters: { user: owner } } : { parameters: { user: each }, items: two },
	'user.restore': async (name, notion) => {
		const user = byEmail(name === 'allowPrivileged' ? 'second.owner@example.com' : 'robin@contractor.example');
		const run = await notion.run('user.lockDown', { parameters: { user, options: { allowPrivileged: true } } });
		return { parameters: { record: JSON.stringify(onlyItem(run)['record']) } };
	},
	'group.get': () => ({ parameters: { group: team } }),
	'group.getAll': () => ({ parameters: {} }),
	'group.delete': () => ({ parameters: { group: team } }),
	'group.removeMembers': (name) => ({
		parameters: {
			group: team,
			members: name === 'allowPrivileged' ? 'second.owner@example.com' : 'ada@example.com,kenji@example.com',
		},
	}),
	'group.setMembers': (name) => ({
		parameters: {
			group: team,
			members:
				name === 'allowEmpty'
					? '={{ "" }}'
					: `ada@example.com,${name === 'ignoreUnknown' ? 'stranger@example.com' : 'maria@example.com'}`,
			options: name === 'allowPrivileged' ? {} : { allowPrivileged: true },
		},
	}),
	'directory.plan': () => ({
		items: directory(company),
		parameters: {
			...policyParameters({
				managedGroups: 'All Staff, Engineering, Product, Finance',
				memory: memory(),
				onUnlisted: 'remove',
				syncAttributes: ['title'],
			}),
		},
	}),
	'directory.planRun': () => ({
		items: directory(company),
		parameters: {
			run: JSON.stringify({ ask: 'run', person: '', requestedBy: '', assurance: '', dryRun: false, isCalled: false, runId: 2, at: 'now' }),
			runs: '[]',
			journal: '[]',
			links: '[]',
		},
	}),
	'directory.import': () => ({ parameters: { peopleRows: '[]', links: '[]', only: {}, options: {}, previewCode: '' } }),
	'directory.carryOut': () => ({ items: [{}] }),
	'directory.startRun': () => ({
		items: [{ kind: 'syncRun', id: 1, execution: 'own', state: 'running', at: '2026-01-31T08:00:00.000Z' }],
		parameters: { called: '[]' },
	}),
	'directory.endQuarantine': () => ({
		items: [{ id: 7, kind: 'syncRun', state: 'failed', execution: '1', at: '2026-03-10T09:00:00.000Z', note: 'No answer.', details: '{"bad":1}' }],
		parameters: { decider: 'boss@example.com' },
	}),
	'directory.showSteps': (name) => ({
		items: [aboutOne],
		parameters: { step: name === 'step' ? 'ask' : 'told', person: 'ada@example.com', decider: 'boss@example.com', done: JSON.stringify(aboutOne) },
	}),
	'directory.showStatus': () => ({ parameters: { runs: '[]', page: '[]', waiting: '[]' } }),
	'directory.apply': (_name, notion) => {
		const about = new ChangesAbout(notion);
		const entries = [...two, ...two].map(({ who }, index) => (index < 2 ? about.remove(who) : about.create(`${index}${who}`)));
		return { items: asItems(about.signed(entries, { guards: { ownedDomains: ['example.com'] } })) };
	},
	'lifecycle.receive': () => ({ items: [{ headers: {}, body: { kind: 'hired', employeeId: '7' } }] }),
	'lifecycle.alerts': () => ({ parameters: { alertRows: '[]', storedAlerts: '[]' } }),
	'lifecycle.plan': (name) => {
		if (['limitPeople', 'limitHours', 'confirmWithinHours', 'alertIfNotFound'].includes(name)) {
			const row = storedRow(7, { kind: 'emergency', state: 'received', email: 'ada@example.com', details: '{"app":"notion"}' });
			const storedEvents = JSON.stringify([row]);
			return { items: [{}], parameters: { job: 'emergency', storedEvents, journalRows: storedEvents } };
		}
		const job = name === 'onLeave' ? 'leavers' : 'joiners';
		const { storedEvents, answers } = planned(job, name === 'onLeave' ? 'onLeave' : 'active');
		const entries = [{ department: 'Sales', group: { __rl: true, mode: 'name', value: 'Sales' } }];
		return {
			items: answers,
			parameters: { ...UTC, job, departmentGroups: { entries }, storedEvents, journalRows: storedEvents, links: '[]' },
		};
	},
	'lifecycle.apply': () => ({
		items: two.map(({ who }, index) => storedRow(index + 1, { kind: 'leave', state: 'intended', event: 'left', email: who })),
		parameters: { job: 'leavers', fallbackEmail: 'it@example.com', journalRows: '[]', dayRows: '[]', links: '[]' },
	}),
	'lifecycle.checkAccount': () => ({
		items: [{ statusCode: 200, body: [] }],
		parameters: { app: 'okta', rows: JSON.stringify([storedRow(1, { kind: 'emergency', state: 'intended', email: 'ada@example.com' })]) },
	}),
	'lifecycle.due': () => ({ items: [storedRow(7, { kind: 'hire', state: 'scheduled' })] }),
	'lifecycle.compare': () => ({ items: listOf([leaver]), parameters: { ...UTC, journalRows: '[]', links: '[]' } }),
	'lifecycle.report': () => ({ items: listOf([leaver]), parameters: { ...UTC, journalRows: '[]', links: '[]' } }),
	'workspace.checkToken': () => ({ parameters: { earlierChecks: '[]' } }),
	'lifecycle.outOfBand': () => ({ parameters: { events: '[]', journalRows: '[]', directoryRows: '[]' } }),
	'lifecycle.release': (name) => ({
		items: [storedRow(7, { kind: 'leave', state: 'held', email: 'ada@example.com' })],
		parameters: { step: name === 'released' ? 'decide' : 'show', decider: 'boss@example.com', shownList: '[]', decidedRows: '[]' },
	}),
	'license.pick': (name) => ({
		items: [{}],
		parameters: {
			step: name === 'expireHours' ? 'request' : 'list',
			picker: 'ada@example.com',
			approvers: 'boss@example.com',
			seatsRecord: JSON.stringify({ reportedAt: new Date().toISOString(), whyNot: [], seats: [] }),
		},
	}),
	// Another one is open: that is told only where the numbers could be read.
	'accessReview.start': () => ({
		items: directory(company.slice(0, 3)),
		parameters: {
			...{ fallbackReviewer: 'it@example.com', securityReviewer: 'sec@example.com', links: '[]', escalateAfterDays: 1 },
			reviewRows: JSON.stringify([{ id: 1, kind: 'review', reviewId: 'r', state: 'open' }]),
		},
	}),
	'accessReview.readRequest': () => ({ items: [{ query: { key: 'a'.repeat(64) }, body: { key: 'b'.repeat(64) } }] }),
	'accessReview.answer': () => ({ parameters: ANSWER }),
	'accessReview.revoke': () => ({
		items: two.map(({ who }, index) =>
			storedRow(index + 1, { kind: 'revoke', state: 'intended', userId: who, email: who, details: '{"action":"user.remove"}' }),
		),
		parameters: { dayRows: '[]' },
	}),
	'license.reconcile': () => ({
		items: directory(company.slice(0, 3)),
		parameters: { costPerSeat: 24, contractedSeats: 10 },
	}),
};

const ANSWER = {
	...{ assurance: 'link', request: '{"kind":"page","key":"k","fields":{}}' },
	letterRows: JSON.stringify([{ id: 2, kind: 'letter', reviewId: 'r', reviewer: 'it@example.com' }]),
	...{ rows: '[]', reviewRows: '[]' },
};

/** What directory-sync gives back about one person. */
const aboutOne = {
	sentence: 'Nothing was changed.',
	state: 'good',
	verified: false,
	steps: [],
	changes: [],
	toDo: 0,
	subjects: [],
	outcomes: [],
};

/** What a user sees of a run: what went to Notion, and what came out, without what no two runs share. */
const seen = (notion: NotionTest, run: NodeRun): unknown => {
	const out = {
		writes: notion.writes().map(({ method, path, body }) => ({ method, path, body })),
		// The list of seats is in the order of ids, which are others in each run.
		items: [...jsons(run), ...jsons(run, 1)].map(({ seats: _seats, memory: _memory, ...json }) => json),
		error: run.error?.message,
	};
	return JSON.parse(
		JSON.stringify(out)
			.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, 'an instant')
			.replace(/[\da-f]{8}-[\da-f-]{27}/g, 'an id')
			.replace(/"execution":"[^"]*"/g, '"execution":"this one"')
			.replace(/"\d{13}"/g, '"an instant"')
			.replace(/"(?:signature|planDigest|policyDigest|workspace|workspaceId)":"[^"]*"/g, '"bound":"to this run"')
			.replace(/\\"workspaceId\\":\\"[^"\\]*\\"/g, '\\"bound\\":\\"to this run\\"'),
	);
};

const failures = (run: NodeRun): string[] => [
	...(run.error ? [run.error.message] : []),
	...run.outputs.flat().flatMap(({ json, error }) => (error ? [error.message] : String(json['note'] ?? ''))),
];

describe('a switch, a number or a choice that an expression gives', () => {
	const notion = setUpNotion();

	const withValue = async ({ operation, collection, property }: Scalar, value: unknown): Promise<NodeRun> => {
		notion.renew();
		const { workspace } = notion.sandbox;
		workspace.addUser({ email: 'restricted@example.com', role: 'restricted_member' });
		workspace.addGroup({ displayName: 'Team', members: ['second.owner@example.com', 'ada@example.com', 'kenji@example.com'] });
		const { items, parameters = {} } = (await situations[operation]?.(property.name, notion)) ?? {};
		notion.sandbox.requests.clear();
		const given = `={{ ${JSON.stringify(value)} }}`;
		const inside: unknown = collection === undefined ? undefined : parameters[collection];
		const changed: INodeParameters =
			collection === undefined
				? { [property.name]: given }
				: { [collection]: { ...(inside as IDataObject), [property.name]: given } as INodeParameters };
		return await notion.run(operation, {
			...(items ? { items } : {}),
			parameters: { ...parameters, ...changed },
			credential: { ownedDomains: 'example.com' },
			onError: 'continueRegularOutput',
		});
	};

	const outcome = async (scalar: Scalar, value: unknown): Promise<unknown> =>
		seen(notion, await withValue(scalar, value));

	const named = ({ operation, collection, property: { name } }: Scalar): string =>
		[operation, ...(collection === undefined ? [] : [collection]), name].join(' ');

	const ofType = (type: string): Array<[string, Scalar]> =>
		scalars.filter(({ property }) => property.type === type).map((scalar) => [named(scalar), scalar]);

	test('there are some of each kind, and each operation that has one is tried', () => {
		expect(ofType('boolean').length).toBeGreaterThan(25);
		expect(ofType('number').length).toBeGreaterThan(15);
		expect(ofType('options').length).toBeGreaterThan(4);
		expect(Object.keys(situations).sort()).toEqual([...new Set(scalars.map(({ operation }) => operation))].sort());
	});

	test.each(ofType('boolean'))('%s is read as text', async (_name, scalar) => {
		expect(await outcome(scalar, 'true')).toEqual(await outcome(scalar, true));
		expect(await outcome(scalar, ' False ')).toEqual(await outcome(scalar, false));
	});

	test.each(ofType('number'))('%s is read as text', async (_name, scalar) => {
		for (const value of [1, 2]) expect(await outcome(scalar, ` ${value} `)).toEqual(await outcome(scalar, value));
	});

	const unreadable: Record<string, unknown[]> = {
		boolean: ['maybe', 'yes', '2', 1, '', ' ', null, [], {}],
		number: ['maybe', 'two', 'true', '1,000', '1.000', '1e3', '2 %', -1, '', ' ', null, [], {}],
		options: ['maybe', 'Fail', 'true', '', ' ', null, true, [], {}],
	};

	test.each([...ofType('boolean'), ...ofType('number'), ...ofType('options')])(
		'%s is refused by its label where it cannot be read, and nothing is written',
		async (_name, scalar) => {
			for (const value of unreadable[scalar.property.type] ?? []) {
				const said = failures(await withValue(scalar, value));

				expect([value, said[0]]).toEqual([value, expect.stringContaining(scalar.property.displayName)]);
				expect([value, notion.writes()]).toEqual([value, []]);
			}
		},
	);
});

test('a count is its digits, and no other text is one', () => {
	fc.assert(
		fc.property(fc.nat(), (count) => {
			expect([countIn(count), countIn(String(count)), countIn(` ${count}\n`)]).toEqual([count, count, count]);
			expect([countIn(`${count}.0`), countIn(`${count},000`), countIn(`${count} `.repeat(2))]).toEqual([undefined, undefined, undefined]);
		}),
	);
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789.,eE+- ') }), fc.anything()), (value) => {
			if (countIn(value) === undefined) return;
			expect(['number', 'string']).toContain(typeof value);
			expect(String(value).trim()).toMatch(/^[+-]?\d+$/);
		}),
	);
});
