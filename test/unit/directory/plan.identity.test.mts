import type { Person } from '../../../lib/directory/person/person.ts';
import {
	context,
	directory,
	group,
	inShort,
	link,
	memory,
	NOW,
	person,
	planned,
	theChange,
	user,
} from './planKit.mts';

/** A person besides, so that no one's directory is empty. */
const zoe = person('zoe');
const zoeUser = user('zoe');

/** Who has links has been planned for before. */
const before = memory({
	sources: { entra: { readAt: '2026-03-01T09:00:00.000Z', count: 1, filled: {} } },
});

const linkedTo = (...links: ReturnType<typeof link>[]) =>
	context({ links: { people: links, groups: [] }, memory: before });

/** An entry `name` with a number. */
const numbered = (name: string, displayName: string, employeeNumber: string, more: Partial<Person> = {}) =>
	person(name, { ...more, attributes: { displayName, employeeNumber } });

describe('an account whose address an entry has that has not left', () => {
	const ada = person('ada', { status: 'inactive' });
	const bob = person('bob');
	const successor = user('1', { email: 'bob@example.com' });
	const outdated = link('ada', { user: '1' });

	it('is not removed because an outdated link makes it the account of a leaver', () => {
		const plan = planned({ persons: [ada, bob], users: [successor], context: linkedTo(outdated) });
		expect(inShort(plan)).toEqual([
			'user.create bob@example.com: blocked',
			'user.remove bob@example.com: blocked',
		]);
		expect(theChange(plan, 'user.remove').guard).toBe(
			'blocked: Bob (bob@example.com) has this very address in entra bob and has not left, so the account may be theirs. Correct the link of entra ada or one of the addresses, or link entra bob to the account if all are one person.',
		);
	});

	it('is not removed because of a linked leaver without an address either', () => {
		const left: Person = { ...person('bob', { status: 'inactive' }), attributes: {} };
		const plan = planned({
			persons: [left, person('ada')],
			users: [user('ada')],
			context: linkedTo(link('bob', { user: 'ada' })),
		});
		expect(inShort(plan)).toContain('user.remove ada@example.com: blocked');
	});

	it('is not called as the directory says where there is nothing to change', () => {
		const linked: Person = { ...person('ada'), attributes: {} };
		const plan = planned({ persons: [linked, bob], users: [successor], context: linkedTo(outdated) });
		expect(inShort(plan)).toEqual([
			'user.create bob@example.com: blocked',
			'none bob@example.com: ambiguous',
		]);
		expect(theChange(plan, 'ambiguous').explanation).toContain('Correct the link of entra ada');
	});

	it('keeps its groups, and gets none', () => {
		const plan = planned({
			persons: [person('ada', { groups: ['Ops'] }), bob],
			users: [successor],
			groups: [group('Eng', ['1']), group('Ops')],
			policy: { managedGroups: ['Eng', 'Ops'] },
			context: {
				links: {
					people: [outdated],
					groups: ['Eng', 'Ops'].map((name) => ({ name, groupId: `g-${name}` })),
				},
				memory: before,
			},
		});
		expect(inShort(plan).filter((change) => change.startsWith('group.'))).toEqual([]);
	});

	it.each(['active', 'suspended', 'onLeave'] as const)(
		'is given to no one else by an outdated link, while the entry is %s',
		(status) => {
			const plan = planned({
				persons: [person('ada', { attributes: { title: 'Countess' } }), person('bob', { status })],
				users: [user('bob')],
				context: linkedTo(link('ada', { user: 'bob' })),
			});
			expect(inShort(plan)).toContain('user.rename bob@example.com: blocked');
			expect(inShort(plan)).toContain('user.update bob@example.com: blocked');
		},
	);

	it('keeps its address while one of two sources still has it, so that no one gets a second account', () => {
		const married = person('e1', { email: 'ada.king@example.com', attributes: { displayName: 'Ada' } });
		const late = person('o1', {
			source: 'okta',
			email: 'ada@example.com',
			attributes: { displayName: 'Ada' },
		});
		const plan = planned({
			persons: [married, late],
			users: [user('ada')],
			context: linkedTo(link('e1', { user: 'ada', email: 'ada@example.com' })),
		});
		expect(inShort(plan)).toEqual([
			'user.rename ada@example.com: blocked',
			'user.create ada@example.com: blocked',
		]);
		expect(theChange(plan, 'user.rename').guard).toContain('in okta o1');
	});
});

describe('an employee number that a leaver and a newcomer share', () => {
	const bobLeft = numbered('bob', 'Bob Smith', '17', { status: 'inactive' });
	const bobUser = user('bob', { attributes: { displayName: 'Bob Smith' } });

	it('gives the account to no one of another name, and the leaver goes', () => {
		const carla = numbered('carla', 'Carla Diaz', '17');
		const plan = planned({ persons: [bobLeft, carla], users: [bobUser] });
		expect(inShort(plan)).toEqual([
			'user.create carla@example.com: blocked',
			'user.remove bob@example.com: ok',
		]);
		expect(theChange(plan, 'user.create').guard).toBe(
			'blocked: Carla Diaz (carla@example.com) has another name or number than Bob Smith (bob@example.com), and yet both have the employee number 17. If both are one person, link entra carla to the account u-bob. If not, correct what they share.',
		);
	});

	it.each([
		['the given name', 'Bob Miller'],
		['the family name', 'Robert SMITH'],
	])('is a new address where they share %s', (_, displayName) => {
		const plan = planned({ persons: [bobLeft, numbered('b2', displayName, '17')], users: [bobUser] });
		expect(inShort(plan)[0]).toBe('user.rename bob@example.com: ok');
	});

	it.each([
		['a particle', 'Bob de la Cruz', 'Carla de Souza'],
		['what stands in brackets', 'Bob (External)', 'Carla (External)'],
		['an initial', 'B. Smith', 'B. Diaz'],
	])('is no new address where they share only %s', (_, former, displayName) => {
		const plan = planned({
			persons: [
				numbered('bob', former, '17', { status: 'inactive' }),
				numbered('b2', displayName, '17'),
			],
			users: [user('bob', { attributes: { displayName: former } })],
		});
		expect(inShort(plan)).toContain('user.remove bob@example.com: ok');
	});

	it('takes nothing and gives nothing where no one knows a name', () => {
		const unnamed = { email: 'new@example.com', employeeNumber: '17' };
		const plan = planned({
			persons: [bobLeft, person('new', { attributes: { ...unnamed, displayName: '' } })],
			users: [bobUser],
		});
		expect(inShort(plan)).toEqual([
			'user.create new@example.com: blocked',
			'user.remove bob@example.com: blocked',
		]);
	});

	it('that stands in Notion only is no proof, because two systems count alike', () => {
		const dan = user('dan', { attributes: { displayName: 'Dan CFO', employeeNumber: '1042' } });
		const eve = numbered('eve', 'Eve Contractor', '1042', { source: 'okta' });
		const plan = planned({ persons: [eve, zoe], users: [dan, zoeUser] });
		expect(inShort(plan)).toEqual([
			'user.create eve@example.com: blocked',
			'none dan@example.com: unlisted',
		]);
	});

	it('is no proof in a list that may not be whole, though the leaver is listed', () => {
		const renamed = numbered('b2', 'Bob Miller', '17');
		const plan = planned({
			directory: directory([bobLeft, renamed], { complete: false }),
			users: [bobUser],
		});
		expect(inShort(plan)).toEqual(['user.rename bob@example.com: blocked']);
	});

	it.each([
		['because of the new domain', 'bob@partner.test', true, 'user.rename bob@example.com: blocked'],
		['because Update Drift is off', 'bob2@example.com', false, 'none bob@example.com: skipped'],
	])('says who has left where the address waits %s', (_, email, updateDrift, change) => {
		const renamed = person('b2', {
			email,
			attributes: { displayName: 'Bob Smith', employeeNumber: '17' },
		});
		const plan = planned({ persons: [bobLeft, renamed], users: [bobUser], policy: { updateDrift } });
		expect(inShort(plan)).toEqual([change]);
		expect(plan.entries[0]?.explanation).toContain('entra bob says that they have left');
	});

	it('writes nothing else where the limit leaves no room for the address', () => {
		const renamed = person('b2', {
			groups: ['Eng'],
			attributes: { displayName: 'Bob Miller', employeeNumber: '17', title: 'Count' },
		});
		const settings = (removalLimit: number) => ({
			persons: [bobLeft, renamed],
			users: [bobUser],
			groups: [group('Eng')],
			policy: { removalLimit, managedGroups: ['Eng'] },
			context: { links: { people: [], groups: [{ name: 'Eng', groupId: 'g-Eng' }] } },
		});
		const changes = (state: string) => [
			`user.rename bob@example.com: ${state}`,
			`user.update bob@example.com: ${state}`,
			`group.addMembers bob@example.com Eng: ${state}`,
		];
		expect(inShort(planned(settings(1)))).toEqual(changes('ok'));
		const held = planned(settings(0));
		expect(inShort(held)).toEqual(changes('blocked'));
		expect(theChange(held, 'group.addMembers').guard).toContain('limit of 0 removals');
	});
});

describe('an address that passes from a leaver to a newcomer of the same source', () => {
	const john = (sourceId: string, displayName: string, employeeNumber: string, left = false) =>
		person(sourceId, {
			email: 'john.smith@example.com',
			status: left ? 'inactive' : 'active',
			attributes: { displayName, employeeNumber },
		});
	const former = john('old', 'John Smith', '3', true);
	const member = user('john', {
		email: 'john.smith@example.com',
		attributes: { displayName: 'John Smith' },
	});

	it.each([
		['another name', john('new', 'John Miller-Smith', '99')],
		['the same name and another number', john('new', 'John Smith', '99')],
	])('is a conflict, with the account as with the link: %s', (_, newcomer) => {
		for (const links of [[], [link('old', { user: 'john', email: 'john.smith@example.com' })]]) {
			const plan = planned({ persons: [former, newcomer], users: [member], context: linkedTo(...links) });
			expect(inShort(plan)).toEqual(['none john.smith@example.com: conflict']);
			expect(theChange(plan, 'conflict').guard).toContain('give both entries one employee number');
		}
	});

	it('creates no one, because the old account would come back', () => {
		const plan = planned({ persons: [former, john('new', 'John Smith', '99')] });
		expect(inShort(plan)).toEqual(['user.create john.smith@example.com: blocked']);
	});

	it('is not followed by the account that the leaver has under another address', () => {
		const plan = planned({
			persons: [former, john('new', 'John Smith', '99')],
			users: [user('john', { email: 'johnny@example.com', attributes: { displayName: 'John Smith' } })],
			context: linkedTo(link('old', { user: 'john', email: 'johnny@example.com' })),
		});
		expect(inShort(plan)).toEqual([
			'user.create john.smith@example.com: blocked',
			'user.remove johnny@example.com: ok',
		]);
	});

	it.each([
		['the same number', john('new', 'John Miller-Smith', '3'), []],
		['a link', john('new', 'John Miller-Smith', '99'), [link('new', { user: 'john' })]],
	])('is one person by %s', (_, entry, links) => {
		const plan = planned({ persons: [former, entry], users: [member], context: linkedTo(...links) });
		expect(inShort(plan)).toEqual(['user.update john.smith@example.com: ok']);
	});
});

describe('a person who has been hired again as another entry', () => {
	const again = person('new', { email: 'ada@example.com' });
	const former = link('old', { user: 'ada', email: 'ada@example.com' });

	it('is told which link lets them in, and that link does', () => {
		const plan = planned({ persons: [again, zoe], users: [zoeUser], context: linkedTo(former) });
		expect(theChange(plan, 'user.create').guard).toContain(
			'link entra new to the account u-ada with the email ada@example.com.',
		);
		for (const email of ['ada@example.com', undefined]) {
			const own = link('new', { user: 'ada', email });
			const linked = planned({ persons: [again, zoe], users: [zoeUser], context: linkedTo(former, own) });
			expect(inShort(linked)).toEqual(['user.create ada@example.com: ok']);
		}
	});

	it('joins where Notion still shows the account, too', () => {
		const plan = planned({
			persons: [again, person('old', { email: 'other@example.com', status: 'inactive' }), zoe],
			users: [user('ada', { active: false }), zoeUser],
			context: linkedTo(
				link('old', { user: 'ada', email: undefined }),
				link('new', { user: 'ada', email: undefined }),
			),
		});
		expect(inShort(plan)).toEqual(['user.create ada@example.com: ok']);
	});

	it('joins where the link says no address and no one knows another one', () => {
		const own = link('new', { user: 'ada', email: undefined });
		const plan = planned({ persons: [again, zoe], users: [zoeUser], context: linkedTo(own) });
		expect(inShort(plan)).toEqual(['user.create ada@example.com: ok']);
	});

	it('does not join under an address that the account never had', () => {
		const plan = planned({
			persons: [person('new', { email: 'ada.king@example.com' }), zoe],
			users: [zoeUser],
			context: linkedTo(former, link('new', { user: 'ada', email: undefined })),
		});
		expect(inShort(plan)).toEqual(['user.create ada.king@example.com: blocked']);
	});
});

it('a person who is disabled until a first day to come has not left', () => {
	const soon = person('ada', { status: 'inactive', startAt: NOW + 1 });
	const plan = planned({ persons: [soon, zoe], users: [user('ada'), zoeUser] });
	expect(inShort(plan)).toEqual(['none ada@example.com: skipped']);
	expect(theChange(plan, 'skipped').explanation).toContain('Access begins then');
	const started = { ...soon, startAt: NOW };
	expect(inShort(planned({ persons: [started, zoe], users: [user('ada'), zoeUser] }))).toEqual([
		'user.remove ada@example.com: ok',
	]);
});

it('an absence goes on while a number says nothing of a name', () => {
	const dan = user('dan', { attributes: { displayName: 'Dan', employeeNumber: '7' } });
	const plan = planned({
		persons: [numbered('eve', 'Eve', '7'), zoe],
		users: [dan, zoeUser],
		policy: { onUnlisted: 'remove' },
		context: { memory: memory({ absentSince: { 'u-dan': '2026-02-01T00:00:00.000Z' } }) },
	});
	expect(inShort(plan)).toEqual([
		'user.create eve@example.com: blocked',
		'user.remove dan@example.com: ok',
	]);
});
