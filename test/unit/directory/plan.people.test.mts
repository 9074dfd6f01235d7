import {
	HOUR,
	context,
	directory,
	group,
	guards,
	inShort,
	link,
	memory,
	NOW,
	person,
	planned,
	READ_AT,
	theChange,
	user,
} from './planKit.mts';

/** A person besides, so that no one's directory is empty. */
const bob = person('bob');
const bobUser = user('bob');

describe('joiners', () => {
	it('get an account with their name and what follows the directory', () => {
		const ada = person('ada', { attributes: { title: 'Countess', phoneNumber: '+44' } });
		const plan = planned({ persons: [ada] });
		expect(inShort(plan)).toEqual(['user.create ada@example.com: ok']);
		const change = theChange(plan, 'user.create');
		expect(change.changes).toEqual([
			{ attribute: 'email', from: null, to: 'ada@example.com' },
			{ attribute: 'displayName', from: null, to: 'Ada' },
			{ attribute: 'title', from: null, to: 'Countess' },
		]);
		expect(change).toMatchObject({ reason: 'joiner', impact: 0, precondition: { absent: true } });
		expect(change.explanation).toBe(
			'Ada (ada@example.com) is active in entra and no member, so an account is created; its seat is billed at once.',
		);
	});

	it.each([
		['has left', person('ada', { status: 'inactive' }), 'unchanged', 'has left and is no member'],
		['is suspended', person('ada', { status: 'suspended' }), 'skipped', 'is suspended'],
		[
			'has an unknown status',
			person('ada', { status: 'unknown', statusWord: 'parked' }),
			'skipped',
			'the directory says "parked"',
		],
		[
			'is locked out, which contradicts being active',
			person('ada', { active: false }),
			'skipped',
			'contradicts itself',
		],
		['is on leave', person('ada', { status: 'onLeave' }), 'skipped', 'while on leave'],
		[
			'is out of scope',
			person('ada', { inScope: false, scopeNote: 'Not assigned to Notion.' }),
			'outOfScope',
			'Not assigned to Notion.',
		],
		[
			'has not started',
			person('ada', { status: 'notStarted', startAt: NOW + HOUR }),
			'skipped',
			'starts at 2026-03-02T10:00:00.000Z',
		],
		[
			'is active and starts later',
			person('ada', { startAt: NOW + HOUR }),
			'skipped',
			'starts at 2026-03-02T10:00:00.000Z',
		],
		[
			'has not started and has no date',
			person('ada', { status: 'notStarted' }),
			'skipped',
			'gives no date',
		],
		[
			'has no address',
			{ ...person('ada'), attributes: { displayName: 'Ada' } },
			'skipped',
			'has no email address for them',
		],
		[
			'has an address that is none',
			person('ada', { email: 'ada at example' }),
			'skipped',
			'"ada at example" is not an email address',
		],
		['is a shared mailbox', person('ada', { kind: 'shared' }), 'skipped', 'a shared mailbox'],
	])('do not join: a person who %s', (_, ada, reason, words) => {
		const plan = planned({ persons: [ada] });
		expect(plan.entries).toHaveLength(1);
		expect(plan.entries[0]).toMatchObject({ action: 'none', reason, guard: 'ok' });
		expect(plan.entries[0]?.explanation).toContain(words);
	});

	it('join at the instant at which they start', () => {
		const ada = person('ada', { status: 'notStarted', startAt: NOW });
		expect(inShort(planned({ persons: [ada] }))).toEqual(['user.create ada@example.com: ok']);
	});

	it('wait where they may be a member under a secondary address', () => {
		const member = user('x', { attributes: { secondaryEmails: 'ada@example.com' } });
		const plan = planned({ persons: [person('ada')], users: [member] });
		expect(inShort(plan)).toEqual([
			'user.create ada@example.com: blocked',
			'none x@example.com: ambiguous',
		]);
		expect(theChange(plan, 'user.create').guard).toContain('shares an address with X (x@example.com)');
	});

	it('wait where a person has an address that looks the same', () => {
		const plan = planned({
			persons: [person('ada', { email: '\u0430da@example.com' })],
			users: [user('ada')],
		});
		expect(inShort(plan)).toEqual([
			'user.create \u0430da@example.com: blocked',
			'none ada@example.com: ambiguous',
		]);
	});

	it('wait where two entries of one source have the address', () => {
		const same = { email: 'ada@example.com', attributes: { displayName: 'Ada' } };
		const plan = planned({ persons: [person('one', same), person('two', same)] });
		expect(inShort(plan)).toEqual(['user.create ada@example.com: blocked']);
		expect(theChange(plan, 'user.create').guard).toContain('entra one and entra two');
	});

	it('are one person where two sources agree about them, and none where they do not', () => {
		const hr = person('7', {
			source: 'bamboohr',
			email: 'ada@example.com',
			attributes: { displayName: 'Ada' },
		});
		expect(inShort(planned({ persons: [person('ada'), hr] }))).toEqual([
			'user.create ada@example.com: ok',
		]);
		const other = { ...hr, attributes: { ...hr.attributes, title: 'Countess' } };
		const ada = person('ada', { attributes: { title: 'Engineer' } });
		expect(inShort(planned({ persons: [ada, other] }))).toEqual([
			'user.create ada@example.com: blocked',
		]);
	});

	it('wait where a person of another name has left who had the address', () => {
		const former = person('john', { status: 'inactive', email: 'js@example.com' });
		const jane = person('jane', { email: 'js@example.com' });
		expect(inShort(planned({ persons: [former, jane] }))).toEqual([
			'user.create js@example.com: blocked',
		]);
	});

	it("wait where a link knows the address as another person's", () => {
		const plan = planned({
			persons: [person('john2', { email: 'john@example.com' })],
			context: { links: { people: [link('john')], groups: [] } },
		});
		expect(inShort(plan)).toEqual(['user.create john@example.com: blocked']);
		expect(theChange(plan, 'user.create').guard).toContain('may bring back that account with its pages');
	});

	it('who come back under the same address join again', () => {
		const plan = planned({
			persons: [person('ada')],
			context: { links: { people: [link('ada')], groups: [] } },
		});
		expect(inShort(plan)).toEqual(['user.create ada@example.com: ok']);
	});

	it('of foreign domains become restricted members, and the change says that a guest becomes a seat', () => {
		const eve = person('eve', { email: 'eve@partner.test', role: 'member' });
		const change = theChange(planned({ persons: [eve] }), 'user.create');
		expect(change.changes).toContainEqual({ attribute: 'role', from: null, to: 'restricted_member' });
		expect(change.explanation).toContain('the guest becomes a paid seat');
		const allowed = theChange(
			planned({ persons: [eve], policy: { allowExternalMember: true } }),
			'user.create',
		);
		expect(allowed.changes).toContainEqual({ attribute: 'role', from: null, to: 'member' });
	});

	it.each([
		['membership_admin', false, 'blocked'],
		['organization_owner', false, 'blocked'],
		['membership_admin', true, 'ok'],
		['restricted_member', false, 'ok'],
	])('with the role %s and allowPrivileged %s are %s', (role, allowPrivileged, state) => {
		const plan = planned({ persons: [person('ada', { role })], policy: { allowPrivileged } });
		expect(inShort(plan)).toEqual([`user.create ada@example.com: ${state}`]);
	});

	it('get the highest role of their groups', () => {
		const ada = person('ada', { groups: ['All', 'Staff'] });
		const roleMap = new Map([
			['All', 'restricted_member'],
			['Staff', 'member'],
		]);
		const change = theChange(planned({ persons: [ada], policy: { roleMap } }), 'user.create');
		expect(change.changes).toContainEqual({ attribute: 'role', from: null, to: 'member' });
	});

	it('do not join where Create Missing is off', () => {
		expect(inShort(planned({ persons: [person('ada')], policy: { createMissing: false } }))).toEqual([
			'none ada@example.com: skipped',
		]);
	});

	it('stay below the limit of a day, those first whose address comes first', () => {
		const persons = ['carl', 'ada', 'bob'].map((name) => person(name));
		const plan = planned({
			persons,
			policy: { createLimit: 3, alreadyUsed: { removals: 0, creations: 1 } },
		});
		expect(inShort(plan)).toEqual([
			'user.create ada@example.com: ok',
			'user.create bob@example.com: ok',
			'user.create carl@example.com: blocked',
		]);
		expect(plan.entries[2]?.guard).toBe(
			'blocked: limit of 3 new seats in a day is reached (3 used before this change). It waits for the next day, or for a higher Create Limit.',
		);
		expect(plan.summary).toMatchObject({ seatsAdded: 2, createLimit: 3 });
	});

	it('may be a tenth of the members where nothing is set, and at least 10', () => {
		expect(planned({ persons: [bob], policy: { createLimit: undefined } }).summary.createLimit).toBe(10);
		const users = Array.from({ length: 250 }, (_, index) => user(`u${index}`));
		expect(
			planned({ persons: [bob], users, policy: { createLimit: undefined } }).summary.createLimit,
		).toBe(25);
	});
});

describe('drift', () => {
	const ada = person('ada', {
		attributes: { title: 'Countess', department: 'Maths', phoneNumber: '+44' },
	});

	it('is written for the attributes that follow the directory', () => {
		const member = user('ada', { attributes: { title: 'Lady', phoneNumber: '+1' } });
		const change = theChange(planned({ persons: [ada], users: [member] }), 'user.update');
		expect(change.changes).toEqual([
			{ attribute: 'title', from: 'Lady', to: 'Countess' },
			{ attribute: 'department', from: null, to: 'Maths' },
		]);
		expect(change.precondition).toEqual({
			userName: 'ada@example.com',
			active: true,
			values: { title: 'Lady', department: null },
		});
	});

	it('wipes nothing that the directory leaves blank', () => {
		const member = user('ada', { attributes: { title: 'Lady' } });
		expect(inShort(planned({ persons: [person('ada')], users: [member] }))).toEqual([]);
	});

	it('goes on after an incomplete reading', () => {
		const plan = planned({ directory: directory([ada], { complete: false }), users: [user('ada')] });
		expect(inShort(plan)).toEqual(['user.update ada@example.com: ok']);
	});

	it('is reported only where Update Drift is off', () => {
		const plan = planned({ persons: [ada], users: [user('ada')], policy: { updateDrift: false } });
		expect(inShort(plan)).toEqual(['none ada@example.com: skipped']);
	});

	it('of an owner waits for Allow Privileged People', () => {
		const users = [user('ada', { role: 'owner' })];
		expect(inShort(planned({ persons: [ada], users }))).toEqual([
			'user.update ada@example.com: blocked',
		]);
		expect(inShort(planned({ persons: [ada], users, policy: { allowPrivileged: true } }))).toEqual([
			'user.update ada@example.com: ok',
		]);
	});

	it('is explained as nothing where there is none', () => {
		const change = theChange(planned({ persons: [person('ada')], users: [user('ada')] }), 'unchanged');
		expect(change.explanation).toBe('Ada (ada@example.com) is in Notion as the directory says.');
	});
});

describe('a new address', () => {
	const married = person('ada', { email: 'ada.king@example.com' });
	const linked = { links: { people: [link('ada')], groups: [] } };

	it('of a linked member is a rename that counts 1', () => {
		const plan = planned({ persons: [married], users: [user('ada')], context: linked });
		expect(inShort(plan)).toEqual(['user.rename ada@example.com: ok']);
		expect(theChange(plan, 'user.rename')).toMatchObject({
			changes: [{ attribute: 'email', from: 'ada@example.com', to: 'ada.king@example.com' }],
			impact: 1,
			precondition: { userName: 'ada@example.com', active: true },
		});
	});

	it.each([
		['absent', []],
		[
			'listed as having left',
			[
				person('oldAda', {
					email: 'ada@example.com',
					status: 'inactive',
					attributes: { employeeNumber: '7' },
				}),
			],
		],
	])('is found by the employee number where the old one is %s', (_, others) => {
		const renamed = person('newAda', {
			email: 'ada.king@example.com',
			attributes: { displayName: 'Ada', employeeNumber: '7' },
		});
		const users = [user('ada', { attributes: { employeeNumber: '7' } }), bobUser];
		expect(inShort(planned({ persons: [renamed, bob, ...others], users }))).toEqual([
			'user.rename ada@example.com: ok',
		]);
	});

	it('is found by the entry that is listed under both, though such a list was not read well', () => {
		const old = person('ada', { status: 'inactive' });
		const plan = planned({ persons: [old, married], users: [user('ada')] });
		expect(inShort(plan)).toEqual(['user.rename ada@example.com: blocked']);
		expect(theChange(plan, 'user.rename').guard).toContain('more than once');
	});

	it('is found by the address of an entry that has ended, in whichever source', () => {
		const ended = person('ada', { status: 'inactive', email: 'ada.king@example.com' });
		const employee = person('7', {
			source: 'okta',
			email: 'ada.king@example.com',
			attributes: { displayName: 'Ada' },
		});
		expect(
			inShort(planned({ persons: [ended, employee], users: [user('ada')], context: linked })),
		).toEqual(['user.rename ada@example.com: ok']);
	});

	it('is not guessed where several share the number', () => {
		const attributes = { employeeNumber: '7' };
		const persons = [person('x', { attributes }), person('y', { attributes })];
		const plan = planned({ persons, users: [user('ada', { attributes })] });
		expect(inShort(plan)).toEqual([
			'user.create x@example.com: blocked',
			'user.create y@example.com: blocked',
			'none ada@example.com: unlisted',
		]);
	});

	it.each(['suspended', 'onLeave'] as const)(
		'of a person who is %s leaves the old account alone',
		(status) => {
			const attributes = { employeeNumber: '7' };
			const moved = person('new', { status, attributes: { ...attributes, displayName: 'Ada King' } });
			const absentSince = { 'u-ada': '2026-02-01T00:00:00.000Z' };
			const plan = planned({
				persons: [moved, bob],
				users: [user('ada', { attributes }), bobUser],
				policy: { onUnlisted: 'remove' },
				context: { memory: memory({ absentSince }) },
			});
			expect(theChange(plan, 'user.remove').guard).toContain(
				'may be Ada King (new@example.com) with a new address',
			);
		},
	);

	it('found by number and name waits for a complete reading', () => {
		const attributes = { displayName: 'Ada King', employeeNumber: '7', title: 'Countess' };
		const renamed = person('new', { attributes });
		const users = [user('ada', { attributes: { employeeNumber: '7' } })];
		const plan = planned({ directory: directory([renamed], { complete: false }), users });
		expect(inShort(plan)).toEqual(['user.rename ada@example.com: blocked']);
	});

	it.each([
		['the new domain', 'ada@partner.test', user('ada')],
		['the old domain', 'ada.king@example.com', user('ada', { email: 'ada@partner.test' })],
	])('waits where %s is not an owned one, and no one is created or removed', (_, email, member) => {
		const plan = planned({ persons: [person('ada', { email })], users: [member], context: linked });
		expect(inShort(plan)).toEqual([`user.rename ${member.userName}: blocked`]);
		expect(theChange(plan, 'user.rename').guard).toContain('outside the owned domains');
	});

	it('waits where another person has it as a secondary one', () => {
		const other = user('x', { attributes: { secondaryEmails: 'ada.king@example.com' } });
		const plan = planned({ persons: [married], users: [user('ada'), other], context: linked });
		expect(inShort(plan)).toEqual([
			'user.rename ada@example.com: blocked',
			'none x@example.com: ambiguous',
		]);
	});

	it('that another entry is to have too is given to neither', () => {
		const newcomer = person('new', { email: 'ada.king@example.com' });
		const plan = planned({ persons: [married, newcomer], users: [user('ada')], context: linked });
		expect(inShort(plan)).toEqual([
			'user.rename ada@example.com: blocked',
			'user.create ada.king@example.com: blocked',
		]);
	});

	it("of an owner or of the token's creator waits", () => {
		const settings = { persons: [married], context: linked };
		const blocked = ['user.rename ada@example.com: blocked'];
		expect(inShort(planned({ ...settings, users: [user('ada', { role: 'owner' })] }))).toEqual(blocked);
		const creator = { guards: guards({ tokenCreatorEmail: 'ada@example.com' }), allowPrivileged: true };
		expect(inShort(planned({ ...settings, users: [user('ada')], policy: creator }))).toEqual(blocked);
	});

	it('waits while another person is to have the old one, of whom it may be the account', () => {
		const second = person('john2', { email: 'ada@example.com' });
		const plan = planned({ persons: [married, second], users: [user('ada')], context: linked });
		expect(inShort(plan)).toEqual([
			'user.rename ada@example.com: blocked',
			'user.create ada@example.com: blocked',
		]);
	});
});

describe('roles', () => {
	it('are known whatever their case, and unknown ones are called so', () => {
		const roleOf = (role: string) =>
			theChange(
				planned({ persons: [person('ada', { role })], users: [user('ada')], policy: { syncRole: true } }),
				role === 'guest' || role === 'Owner' ? 'user.update' : 'unchanged',
			);
		expect(roleOf('Member').guard).toBe('ok');
		expect(roleOf('guest').guard).toContain('the role guest, which is no role that this node knows');
		expect(roleOf('Owner').guard).toContain('the role owner, which may manage other people');
	});

	const synced = { syncRole: true };

	it('stay as they are unless they follow the directory', () => {
		expect(
			inShort(
				planned({ persons: [person('ada', { role: 'restricted_member' })], users: [user('ada')] }),
			),
		).toEqual([]);
	});

	it.each([
		['restricted_member', undefined, 1, 'ok'],
		['member', 'restricted_member', 0, 'ok'],
		['membership_admin', 'member', 0, 'blocked'],
		['member', 'owner', 1, 'blocked'],
		['member', 'organization_owner', 1, 'blocked'],
	])('become %s from %s: impact %d, %s', (role, before, impact, state) => {
		const member = user('ada', before === undefined ? {} : { role: before });
		const plan = planned({ persons: [person('ada', { role })], users: [member], policy: synced });
		expect(inShort(plan)).toEqual([`user.update ada@example.com: ${state}`]);
		expect(theChange(plan, 'user.update')).toMatchObject({ reason: 'role', impact });
	});

	it('are never lowered after an incomplete reading', () => {
		const listed = directory([person('ada', { role: 'restricted_member' })], { complete: false });
		expect(inShort(planned({ directory: listed, users: [user('ada')], policy: synced }))).toEqual([
			'user.update ada@example.com: blocked',
		]);
	});

	it('that groups bring are lowered only where all groups were read', () => {
		const roleMap = new Map([
			['staff', 'restricted_member'],
			['full', 'member'],
		]);
		const staff = person('ada', { groups: ['staff'] });
		const lowered = (groupsComplete: boolean) =>
			inShort(
				planned({
					directory: directory([staff], { groupsComplete }),
					users: [user('ada')],
					policy: { ...synced, roleMap },
				}),
			);
		expect(lowered(true)).toEqual(['user.update ada@example.com: ok']);
		expect(lowered(false)).toEqual(['user.update ada@example.com: blocked']);
	});

	it('are not lowered by a leave of absence', () => {
		const away = person('ada', { status: 'onLeave', role: 'restricted_member' });
		const plan = planned({ persons: [away], users: [user('ada')], policy: synced });
		expect(inShort(plan)).toEqual(['none ada@example.com: skipped']);
		expect(theChange(plan, 'skipped').explanation).toContain('They are on leave');
	});

	it('are not lowered by a credential that removes nothing', () => {
		const policy = { ...synced, guards: guards({ access: 'noRemovals' }) };
		const lowered = planned({
			persons: [person('ada', { role: 'restricted_member' })],
			users: [user('ada')],
			policy,
		});
		expect(inShort(lowered)).toEqual(['user.update ada@example.com: blocked']);
		const raised = planned({
			persons: [person('ada', { role: 'member' })],
			users: [user('ada', { role: 'restricted_member' })],
			policy,
		});
		expect(inShort(raised)).toEqual(['user.update ada@example.com: ok']);
	});

	it("of the token's creator never change", () => {
		const policy = {
			...synced,
			allowPrivileged: true,
			guards: guards({ tokenCreatorEmail: 'ada@example.com' }),
		};
		const plan = planned({
			persons: [person('ada', { role: 'member' })],
			users: [user('ada', { role: 'owner' })],
			policy,
		});
		expect(inShort(plan)).toEqual(['user.update ada@example.com: blocked']);
	});

	it('of foreign people are not raised', () => {
		const eve = person('eve', { email: 'eve@partner.test', role: 'member' });
		const member = user('eve', { email: 'eve@partner.test', role: 'restricted_member' });
		expect(inShort(planned({ persons: [eve], users: [member], policy: synced }))).toEqual([
			'user.update eve@partner.test: blocked',
		]);
	});
});

describe('people who have left', () => {
	const left = person('ada', { status: 'inactive', statusWord: 'disabled' });

	it('are removed on one reading', () => {
		const plan = planned({ persons: [left, bob], users: [user('ada'), bobUser] });
		expect(inShort(plan)).toEqual(['user.remove ada@example.com: ok']);
		expect(theChange(plan, 'user.remove')).toMatchObject({
			reason: 'inactive',
			impact: 1,
			explanation:
				'Ada (ada@example.com) has left (entra ada says "disabled"), so they are removed from the workspace.',
			precondition: { userName: 'ada@example.com', role: 'member', active: true },
		});
	});

	it('are removed from foreign domains as well', () => {
		const eve = person('eve', { email: 'eve@partner.test', status: 'inactive' });
		const plan = planned({ persons: [eve, bob], users: [user('eve', { email: 'eve@partner.test' })] });
		expect(inShort(plan)).toContain('user.remove eve@partner.test: ok');
	});

	it('are only reported where that is chosen', () => {
		const plan = planned({
			persons: [left, bob],
			users: [user('ada'), bobUser],
			policy: { onInactive: 'report' },
		});
		expect(inShort(plan)).toEqual(['none ada@example.com: inactive']);
	});

	it.each(['onLeave', 'suspended', 'unknown', 'notStarted'] as const)(
		'are not those whose status is %s',
		(status) => {
			const plan = planned({ persons: [person('ada', { status }), bob], users: [user('ada'), bobUser] });
			expect(inShort(plan).filter((change) => change.includes('remove'))).toEqual([]);
		},
	);

	it('are not those of whom another entry says that they are active', () => {
		const employee = person('ada2', { email: 'ada@example.com', attributes: { displayName: 'Ada' } });
		expect(inShort(planned({ persons: [left, employee, bob], users: [user('ada'), bobUser] }))).toEqual(
			[],
		);
	});

	it('are no one who is only meant by a secondary address', () => {
		const member = user('x', { attributes: { secondaryEmails: 'ada@example.com' } });
		const plan = planned({
			persons: [left, bob],
			users: [member, bobUser],
			policy: { onUnlisted: 'remove' },
		});
		expect(inShort(plan)).toEqual(['none ada@example.com: ambiguous', 'none x@example.com: ambiguous']);
	});

	it.each([
		['an owner', user('ada', { role: 'owner' }), {}],
		['a membership admin', user('ada', { role: 'membership_admin' }), {}],
		['of a role that no one knows', user('ada', { role: 'organization_owner' }), {}],
		['protected', user('ada'), { protectedEmails: new Set(['ada@example.com']) }],
	])('are not removed without Allow Privileged People where they are %s', (_, member, settings) => {
		const settingsOf = (allowPrivileged: boolean) => ({
			persons: [left, bob],
			users: [member, bobUser],
			policy: { guards: guards(settings), allowPrivileged },
		});
		expect(inShort(planned(settingsOf(false)))).toEqual(['user.remove ada@example.com: blocked']);
		expect(inShort(planned(settingsOf(true)))).toEqual(['user.remove ada@example.com: ok']);
	});

	it('are never removed where they created the token', () => {
		const policy = { guards: guards({ tokenCreatorEmail: 'ada@example.com' }), allowPrivileged: true };
		const plan = planned({ persons: [left, bob], users: [user('ada'), bobUser], policy });
		expect(inShort(plan)).toEqual(['user.remove ada@example.com: blocked']);
		expect(theChange(plan, 'user.remove').guard).toContain('created the SCIM token');
	});
});

describe('people no source lists', () => {
	const absent = user('gone');
	const remove = { onUnlisted: 'remove' } as const;
	const hoursAgo = (hours: number) => new Date(Date.parse(READ_AT) - hours * HOUR).toISOString();
	const after = (hours: number) =>
		context({ memory: memory({ absentSince: { 'u-gone': hoursAgo(hours) } }) });

	it('are remembered by the first reading', () => {
		const plan = planned({ persons: [bob], users: [absent, bobUser], policy: remove });
		expect(inShort(plan)).toEqual(['none gone@example.com: unlisted']);
		expect(plan.summary.memory.absentSince).toEqual({ 'u-gone': READ_AT });
	});

	it.each([
		[23, 'none gone@example.com: unlisted'],
		[24, 'user.remove gone@example.com: ok'],
	])('are removed by a second one that is far enough away: %d hours', (hours, change) => {
		const plan = planned({
			persons: [bob],
			users: [absent, bobUser],
			policy: remove,
			context: after(hours),
		});
		expect(inShort(plan)).toEqual([change]);
		expect(plan.summary.memory.absentSince).toEqual({ 'u-gone': hoursAgo(hours) });
	});

	it('are measured by when the source was read, and not by when the plan is made', () => {
		const plan = planned({
			persons: [bob],
			users: [absent, bobUser],
			policy: remove,
			context: { ...after(1), now: NOW + 23 * HOUR },
		});
		expect(inShort(plan)).toEqual(['none gone@example.com: unlisted']);
	});

	it('are two readings also where no time is asked to lie between them', () => {
		const policy = { ...remove, confirmAfter: 0 };
		const first = planned({ persons: [bob], users: [absent, bobUser], policy });
		expect(inShort(first)).toEqual(['none gone@example.com: unlisted']);
		const again = planned({
			persons: [bob],
			users: [absent, bobUser],
			policy,
			context: { memory: first.summary.memory },
		});
		expect(inShort(again)).toEqual(['user.remove gone@example.com: blocked']);
		expect(theChange(again, 'user.remove').guard).toContain('an earlier plan has seen one that is as new');
		const seen = planned({ persons: [bob], users: [absent, bobUser], policy, context: after(0) });
		expect(inShort(seen)).toEqual(['none gone@example.com: unlisted']);
	});

	it('begin anew when they are seen in between', () => {
		const plan = planned({
			persons: [bob, person('gone')],
			users: [absent, bobUser],
			policy: remove,
			context: after(48),
		});
		expect(inShort(plan)).toEqual([]);
		expect(plan.summary.memory.absentSince).toEqual({});
	});

	it('are kept after an incomplete reading, which neither begins nor ends an absence', () => {
		const listed = directory([bob], { complete: false });
		const plan = planned({
			directory: listed,
			users: [absent, user('new'), bobUser],
			policy: remove,
			context: after(48),
		});
		expect(inShort(plan)).toEqual([
			'user.remove gone@example.com: blocked',
			'none new@example.com: unlisted',
		]);
		expect(plan.summary.memory.absentSince).toEqual({ 'u-gone': hoursAgo(48) });
	});

	it('are reported only where they are of foreign domains', () => {
		const guest = user('gone', { email: 'gone@partner.test' });
		const plan = planned({
			persons: [bob],
			users: [guest, bobUser],
			policy: remove,
			context: after(48),
		});
		expect(inShort(plan)).toEqual(['none gone@partner.test: unlisted']);
	});

	it('are reported only by default', () => {
		expect(inShort(planned({ persons: [bob], users: [absent, bobUser], context: after(48) }))).toEqual([
			'none gone@example.com: unlisted',
		]);
	});
});

describe('people who leave the scope', () => {
	const outside = person('ada', {
		inScope: false,
		scopeNote: 'Not assigned to Notion.',
		groups: ['Eng'],
	});
	const settings = {
		persons: [outside, bob],
		users: [user('ada'), bobUser],
		groups: [group('Eng', ['ada'])],
	};
	const linked = { links: { people: [], groups: [{ name: 'Eng', groupId: 'g-Eng' }] } };

	it.each([
		['report', ['none Eng: groupMembership', 'none ada@example.com: outOfScope']],
		[
			'removeFromGroups',
			['group.removeMembers ada@example.com Eng: ok', 'none ada@example.com: outOfScope'],
		],
		['remove', ['user.remove ada@example.com: ok']],
	] as const)('are treated as %s says', (onOutOfScope, changes) => {
		const plan = planned({
			...settings,
			policy: { onOutOfScope, managedGroups: ['Eng'] },
			context: linked,
		});
		expect(inShort(plan)).toEqual(changes);
	});

	it('are told by their own reason', () => {
		const plan = planned({ ...settings, policy: { onOutOfScope: 'remove' } });
		expect(theChange(plan, 'user.remove')).toMatchObject({ reason: 'outOfScope' });
		expect(theChange(plan, 'user.remove').explanation).toContain(
			'they have not left. Not assigned to Notion.',
		);
	});
});

describe('several entries for one member', () => {
	it('that contradict each other change nothing', () => {
		const one = person('one', {
			email: 'ada@example.com',
			attributes: { displayName: 'Ada', title: 'A' },
		});
		const two = person('two', {
			email: 'ada@example.com',
			attributes: { displayName: 'Ada', title: 'B' },
		});
		const plan = planned({ persons: [one, two], users: [user('ada')] });
		expect(inShort(plan)).toEqual(['none ada@example.com: conflict']);
		expect(theChange(plan, 'conflict').guard).toContain('contradict each other about title');
	});

	it('are named up to twenty, however many there are', () => {
		const many = Array.from({ length: 500 }, (_, index) =>
			person(`one-${index}`, { email: 'ada@example.com', attributes: { title: `Title ${index}` } }),
		);
		const { guard } = theChange(planned({ persons: many, users: [user('ada')] }), 'conflict');
		expect(guard).toContain('and 480 more');
		expect(guard.length).toBeLessThan(1_000);
		const suspended = many.map((one) => ({ ...one, status: 'suspended' as const, active: false }));
		const { explanation } = theChange(planned({ persons: suspended, users: [user('ada')] }), 'skipped');
		expect(explanation.length).toBeLessThan(1_500);
	});

	it('that agree are followed', () => {
		const attributes = { displayName: 'Ada', title: 'A' };
		const one = person('one', { email: 'ada@example.com', attributes });
		const two = person('two', { email: 'ada@example.com', attributes });
		expect(inShort(planned({ persons: [one, two], users: [user('ada')] }))).toEqual([
			'user.update ada@example.com: ok',
		]);
	});

	it('of which one is out of scope follow the other', () => {
		const one = person('one', { email: 'ada@example.com', inScope: false });
		const two = person('two', { email: 'ada@example.com', attributes: { displayName: 'Ada King' } });
		expect(inShort(planned({ persons: [one, two], users: [user('ada')] }))).toEqual([
			'user.update ada@example.com: ok',
		]);
	});
});

describe('a link whose account is gone', () => {
	it('removes no one where the person has left', () => {
		const left = person('ada', { status: 'inactive', email: 'new@example.com' });
		const plan = planned({
			persons: [left, bob],
			users: [bobUser],
			context: { links: { people: [link('ada')], groups: [] } },
		});
		expect(inShort(plan)).toEqual([]);
	});

	it('creates no one under another address', () => {
		const ada = person('ada', { email: 'new@example.com' });
		const plan = planned({
			persons: [ada, bob],
			users: [bobUser],
			context: { links: { people: [link('ada')], groups: [] } },
		});
		expect(inShort(plan)).toEqual(['user.create new@example.com: blocked']);
	});
});

describe('a plan about one person', () => {
	const persons = [person('ada'), person('carl'), bob];

	it.each(['ada', 'ADA@example.com'])('has only their changes: %s', (only) => {
		expect(inShort(planned({ persons, users: [bobUser], policy: { only } }))).toEqual([
			'user.create ada@example.com: ok',
		]);
	});

	it("finds them by Notion's id", () => {
		const users = [
			user('ada', { attributes: { displayName: 'A' } }),
			user('carl', { attributes: { displayName: 'C' } }),
		];
		expect(inShort(planned({ persons, users, policy: { only: 'u-ada' } }))).toEqual([
			'user.update ada@example.com: ok',
		]);
	});

	it('has the group that they join, and no one else in it', () => {
		const inGroup = persons.map((one) => ({ ...one, groups: ['Eng'] }));
		const plan = planned({
			persons: inGroup,
			users: [bobUser],
			policy: { only: 'ada', managedGroups: ['Eng'] },
		});
		expect(inShort(plan)).toEqual([
			'group.create Eng: ok',
			'user.create ada@example.com: ok',
			'group.addMembers ada@example.com Eng: ok',
		]);
	});

	it('needs a complete reading all the same', () => {
		const left = person('ada', { status: 'inactive' });
		const plan = planned({
			directory: directory([left, bob], { complete: false }),
			users: [user('ada')],
			policy: { only: 'ada' },
		});
		expect(inShort(plan)).toEqual(['user.remove ada@example.com: blocked']);
	});

	it.each([
		['an id of two people', '1', person('a', { sourceId: '1' })],
		["an id that is another one's address", 'b@example.com', person('a', { sourceId: 'b@example.com' })],
	])('is about no one where two may be meant: %s', (_, only, one) => {
		const other = person('b', { source: 'okta', sourceId: '1', status: 'inactive' });
		const planAbout = (who: string) =>
			planned({ persons: [one, other, bob], users: [user('b'), bobUser], policy: { only: who } });
		expect(inShort(planAbout(only))).toEqual([`none ${only}: ambiguous`]);
		expect(planAbout(only).entries[0]?.guard).toContain('Give the Notion ID or the address');
		expect(inShort(planAbout('u-b'))).toEqual(['user.remove b@example.com: ok']);
	});

	it('takes the entries of one person for one', () => {
		const twice = [person('ada'), person('ada', { source: 'okta' }), bob];
		const plan = planned({ persons: twice, users: [bobUser], policy: { only: 'ada' } });
		expect(inShort(plan)).toEqual(['user.create ada@example.com: ok']);
	});

	it('says so where no one knows them', () => {
		const plan = planned({ persons, users: [bobUser], policy: { only: 'zoe@example.com' } });
		expect(inShort(plan)).toEqual(['none zoe@example.com: skipped']);
		expect(plan.entries[0]?.explanation).toContain('Neither the directory nor Notion knows');
	});
});
