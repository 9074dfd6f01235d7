import { type Item, readWithoutHost } from './readWithoutHost.mts';

/** What the Entra source says of these users of Graph. */
function read(users: Item[], settings: Item = {}) {
	return readWithoutHost('entra', settings, ({ pathname }) => ({
		body: { value: pathname.endsWith('/users') ? users : [] },
	}));
}

/** A user as an application sees it that may read basic profiles only. */
const basic = (id: string): Item => ({
	id,
	displayName: `Person ${id}`,
	mail: `${id}@example.com`,
	userPrincipalName: `${id}@example.com`,
	accountEnabled: null,
	department: null,
	jobTitle: null,
	userType: null,
});
const GUEST = 'ada_partner.example#EXT#@contoso.onmicrosoft.com';

describe('Microsoft Graph that does not say who is enabled', () => {
	it.each([
		['null', null],
		['nothing', undefined],
		['a text', ''],
	])('of anyone, with %s, is a missing permission', (_case, accountEnabled) => {
		const { people, manifest } = read(['1', '2'].map((id) => ({ ...basic(id), accountEnabled })));

		expect(people.map(({ status, active }) => [status, active])).toEqual([
			['unknown', true],
			['unknown', true],
		]);
		expect(manifest).toMatchObject({ complete: false, count: 2 });
		expect(manifest['explanation']).toContain('User.Read.All');
	});

	it('has not read the attributes that are null for everyone, either', () => {
		expect(read([basic('1'), basic('2')]).manifest['attributesRead']).toEqual([
			'displayName',
			'email',
			'secondaryEmails',
			'managerEmail',
		]);
	});

	it('of one person is a doubt about that person', () => {
		const { people, manifest } = read([basic('1'), { ...basic('2'), accountEnabled: true }]);

		expect(people).toMatchObject([
			{ status: 'unknown', explanation: expect.stringContaining('does not say whether the account is enabled') },
			{ status: 'active' },
		]);
		expect(manifest).toMatchObject({ complete: true });
	});

	it('of a last day that can be read does not let the person simply stay', () => {
		const user = { ...basic('1'), accountEnabled: true, employeeLeaveDateTime: '31.03.2026' };

		expect(read([user]).people).toMatchObject([
			{ status: 'unknown', explanation: expect.stringContaining('"31.03.2026"') },
		]);
	});
});

describe('a guest in Microsoft Entra ID', () => {
	const guest = { id: 'g', userPrincipalName: GUEST, userType: 'Guest', accountEnabled: true };
	const member = { ...basic('1'), accountEnabled: true };

	it('has the address that was invited, whatever Settings say of the others', () => {
		const { people, manifest } = read(
			[member, { ...guest, mail: 'ada@partner.example' }],
			{ emailAttribute: 'userPrincipalName', includeGuests: true },
		);

		expect(people.map(({ email }) => email)).toEqual(['1@example.com', 'ada@partner.example']);
		expect(people[1]).not.toHaveProperty('secondaryEmails');
		expect(manifest).toMatchObject({ complete: true });
	});

	it('without one has no address, and the reading says so', () => {
		const { people, manifest } = read([member, { ...guest, mail: null }], { emailAttribute: 'userPrincipalName' });

		expect(people[1]).not.toHaveProperty('email');
		expect(people[1]).toMatchObject({ explanation: expect.stringContaining('guest account') });
		expect(manifest).toMatchObject({ complete: false, explanation: expect.stringContaining(GUEST) });
	});

	it('is found by the address as a manager', () => {
		const { people } = read(
			[{ ...guest, mail: 'ada@partner.example' }, { ...member, manager: { id: 'g' } }],
			{ emailAttribute: 'userPrincipalName' },
		);

		expect(people[1]).toMatchObject({ managerEmail: 'ada@partner.example' });
	});

	it.each([
		['okta', { oktaUrl: 'https://example.okta.com' }, { status: 'ACTIVE', profile: { email: GUEST, login: GUEST } }],
		['onelogin', { subdomain: 'example' }, { status: 1, state: 1, email: GUEST, userprincipalname: GUEST }],
		['jumpcloud', {}, { state: 'ACTIVATED', activated: true, email: GUEST }],
	])('that was copied to %s has no address there, either', (source, settings, user) => {
		const { people } = readWithoutHost(source, settings, ({ pathname, search, searchParams }) => {
			const isFirst = !search.includes('DEPROVISIONED') && Number(searchParams.get('skip')) === 0;
			const users = /users$/.test(pathname) && isFirst ? [{ id: '1', ...user }] : [];
			return { body: source === 'jumpcloud' && /users$/.test(pathname) ? { totalCount: 1, results: users } : users };
		});

		expect(people).toHaveLength(1);
		expect(people[0]).not.toHaveProperty('email');
		expect(people[0]).not.toHaveProperty('secondaryEmails');
	});
});

it.each([
	['okta', { oktaUrl: 'https://example.okta.com' }],
	['google-workspace', {}],
])('%s that tells the status of no one is not complete', (source, settings) => {
	const { manifest } = readWithoutHost(source, settings, ({ pathname, search }) => {
		const users = pathname.endsWith('/users') && !search.includes('DEPROVISIONED') ? [{ id: '1' }, { id: '2' }] : [];
		const groups = pathname.endsWith('/groups') ? [{ id: 'g', name: 'Sales', profile: { name: 'Sales' } }] : [];
		if (source === 'okta') return { body: [...users, ...groups] };
		return { body: pathname.endsWith('/users') ? { kind: 'admin#directory#users', users } : { kind: 'admin#directory#groups', groups, members: [] } };
	});

	expect(manifest).toMatchObject({ count: 2, complete: false });
	expect(manifest['explanation']).toContain('status of anyone');
});
