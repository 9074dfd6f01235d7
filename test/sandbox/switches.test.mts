import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { SwitchSettings } from '../../sandbox/server.mts';
import { describeSwitches, switchesSchema } from '../../sandbox/switches.mts';
import type { Calls } from './scimCalls.mts';
import { closeAll, groupIdOf, idOf, newUser, start, urn } from './scimCalls.mts';

afterEach(closeAll);

const under = async (switches: SwitchSettings): Promise<Calls> => await start({ switches });

const user = (calls: Calls, email: string) => `/Users/${idOf(calls, email)}`;
const group = (calls: Calls, name: string) => `/Groups/${groupIdOf(calls, name)}`;
const member = (calls: Calls, email: string) => ({ value: idOf(calls, email) });
const emailsIn = ({ sandbox }: Calls, name: string) =>
	sandbox.workspace.groupsByName(name).flatMap(({ id }) => sandbox.workspace.memberEmails(id));
const noOne = '/Users/00000000-0000-8000-a000-000000000000';

it('has every switch with the documented values, the default first', () => {
	const table = Object.fromEntries(describeSwitches().map(({ name, values }) => [name, values]));
	expect(table).toEqual({
		createStatus: [201, 200],
		invalidTokenStatus: [401, 403],
		errorBody: ['scim', 'notion', 'text', 'empty'],
		contentType: ['application/scim+json', 'application/json'],
		afterRemoval: ['notFound', 'inactive'],
		gateway404: ['off', 'on'],
		removeUnknown: [404, 204],
		patchGroupAnswer: ['body', 'noContent'],
		memberRemovePath: ['legacy', 'filter', 'both'],
		unsupportedPatchForm: ['ignored', 400],
		multiMemberPatch: ['yes', 'onlyFirstApplied', 'no'],
		createGroupMembers: ['ignored', 'applied'],
		putGroupWithoutMembers: ['empties', 'keeps'],
		putUser: ['merge', 'replace'],
		rolePatch: ['extensionObject', 'extensionPath', 'both'],
		unsupportedFilter: ['ignored', 400, 404, 500, 501],
		documentedFilter: ['answered', 'ignored', 400, 404, 500, 501],
		emailFilterMatches: ['primary', 'primaryAndSecondary'],
		unverifiedDomainUpdate: [403, 'keepsOldValue'],
		tokenOwnerRemoval: [403, 400],
		lastOwnerRemoval: [403, 400],
		guestInGroup: [400, 'ignored'],
		listOrder: ['stable', 'shuffledPerRequest'],
		extensionInSchemas: ['no', 'yes'],
		nameFields: ['full', 'formattedOnly', 'none'],
		roleStated: ['always', 'sometimes'],
		activeForm: ['boolean', 'text', 'number'],
		emailFilterCase: ['ignored', 'exactWithCapitals'],
		extensionCase: ['documented', 'other'],
		nameStorage: ['asSent', 'normalized'],
		groups: ['yes', 'none'],
		groupMembersShown: ['all', 'first100'],
		groupNames: ['free', 'uniqueIgnoringCase'],
		rateLimit: ['none', { perSecond: 3, status: 429 }, { perSecond: 3, status: 529 }],
		writeConflict: ['never', 'firstTry'],
		writeAnswer: ['resource', 'emptyObject', 'null', 'idOnly', 'list'],
		refusalStatus: [400, 405, 412, 413, 422],
		readLag: ['none', { milliseconds: 250 }, { reads: 1 }],
	});
	for (const { name, values, default: usual } of describeSwitches()) {
		expect([name, usual]).toEqual([name, values[0]]);
	}
});

it('refuses switches and values that do not exist, and turns none then', async () => {
	const { sandbox } = await under({});
	const before = sandbox.switches;
	expect(() => switchesSchema.parse({ colour: 'green' })).toThrow();
	expect(() => switchesSchema.parse({ createStatus: '201' })).toThrow();
	expect(() => switchesSchema.parse({ rateLimit: { perSecond: 0 } })).toThrow();
	expect(sandbox.switches).toEqual(before);
});

it.each([201, 200] as const)('createStatus %s', async (createStatus) => {
	const calls = await under({ createStatus });
	expect((await calls.post('/Users', newUser('x@example.com'))).status).toBe(createStatus);
	const created = await calls.post('/Groups', { schemas: [urn.group], displayName: 'X' });
	expect(created.status).toBe(createStatus);
});

it.each([401, 403] as const)('invalidTokenStatus %s', async (invalidTokenStatus) => {
	const calls = await under({ invalidTokenStatus });
	calls.sandbox.workspace.revokeToken(calls.sandbox.token);
	expect((await calls.get('/Users')).status).toBe(invalidTokenStatus);
});

describe('errorBody', () => {
	const missing = async (errorBody: 'scim' | 'notion' | 'text' | 'empty') =>
		await (await under({ errorBody })).get(noOne);

	it('scim', async () => {
		const { status, body } = await missing('scim');
		expect(status).toBe(404);
		expect(body).toEqual({ schemas: [urn.error], status: '404', detail: expect.any(String) });
	});
	it('notion', async () => {
		const { status, body } = await missing('notion');
		expect(status).toBe(404);
		expect(body).toMatchObject({
			object: 'error',
			code: 'object_not_found',
			message: expect.any(String),
		});
	});
	it('text', async () => {
		const { status, headers, text } = await missing('text');
		expect(status).toBe(404);
		expect(headers.get('content-type')).toContain('text/plain');
		expect(text).toBe('There is no such user');
	});
	it('empty', async () => {
		const { status, text } = await missing('empty');
		expect([status, text]).toEqual([404, '']);
	});
});

it.each(['application/scim+json', 'application/json'] as const)(
	'contentType %s',
	async (contentType) => {
		const calls = await under({ contentType });
		for (const path of ['/Users', '/Groups', '/ResourceTypes', noOne]) {
			const { headers } = await calls.get(path);
			expect(headers.get('content-type')?.split(';')[0]).toBe(contentType);
		}
	},
);

describe('afterRemoval', () => {
	it('notFound', async () => {
		const calls = await under({ afterRemoval: 'notFound' });
		await calls.remove(user(calls, 'ada@example.com'));
		expect((await calls.get(user(calls, 'ada@example.com'))).status).toBe(404);
	});
	it('inactive', async () => {
		const calls = await under({ afterRemoval: 'inactive' });
		await calls.remove(user(calls, 'ada@example.com'));
		const { status, body } = await calls.get(user(calls, 'ada@example.com'));
		expect(status).toBe(200);
		expect(body).toMatchObject({ userName: 'ada@example.com', active: false });
		expect((await calls.get('/Users')).body.totalResults).toBe(6);
		expect((await calls.get(user(calls, 'guest@partner.example'))).status).toBe(404);
	});
});

describe('gateway404', () => {
	it('on: HTML for everything, and no one is gone', async () => {
		const calls = await under({ gateway404: 'on' });
		const replies = [
			await calls.get(user(calls, 'ada@example.com')),
			await calls.get('/Users'),
			await calls.remove(user(calls, 'ada@example.com')),
			await calls.get('/ServiceProviderConfig'),
		];
		for (const { status, headers, text } of replies) {
			expect(status).toBe(404);
			expect(headers.get('content-type')).toContain('text/html');
			expect(text).toContain('<h1>');
		}
		expect(calls.sandbox.workspace.isMember('ada@example.com')).toBe(true);
	});
	it('off', async () => {
		const calls = await under({ gateway404: 'off' });
		expect((await calls.get('/Users')).status).toBe(200);
	});
});

it.each([404, 204] as const)('removeUnknown %s', async (removeUnknown) => {
	const calls = await under({ removeUnknown });
	expect((await calls.remove(noOne)).status).toBe(removeUnknown);
	expect((await calls.remove('/Groups/nothing')).status).toBe(removeUnknown);
	await calls.remove(user(calls, 'ada@example.com'));
	expect((await calls.remove(user(calls, 'ada@example.com'))).status).toBe(removeUnknown);
	expect((await calls.remove(user(calls, 'guest@partner.example'))).status).toBe(removeUnknown);
});

it.each([
	['body', 200],
	['noContent', 204],
] as const)('patchGroupAnswer %s', async (patchGroupAnswer, expected) => {
	const calls = await under({ patchGroupAnswer });
	const { status, text } = await calls.patch(group(calls, 'Sales'), {
		op: 'Replace',
		path: 'displayName',
		value: 'Revenue',
	});
	expect(status).toBe(expected);
	expect(text.includes('Revenue')).toBe(expected === 200);
	expect(emailsIn(calls, 'Revenue')).toEqual(['kenji@example.com']);
});

describe('memberRemovePath', () => {
	const remove = async (calls: Calls, form: 'legacy' | 'filter') => {
		const ada = member(calls, 'ada@example.com');
		const operation =
			form === 'legacy'
				? { op: 'Remove', path: 'members', value: [ada] }
				: { op: 'Remove', path: `members[value eq "${ada.value}"]` };
		const { status } = await calls.patch(group(calls, 'Engineering'), operation);
		return { status, left: emailsIn(calls, 'Engineering') };
	};
	const gone = { status: 200, left: [] };
	const ignored = { status: 200, left: ['ada@example.com'] };
	const refused = { status: 400, left: ['ada@example.com'] };

	it.each([
		['legacy', 'ignored', gone, ignored],
		['legacy', 400, gone, refused],
		['filter', 'ignored', ignored, gone],
		['filter', 400, refused, gone],
		['both', 'ignored', gone, gone],
		['both', 400, gone, gone],
	] as const)(
		'%s, unsupportedPatchForm %s',
		async (memberRemovePath, unsupportedPatchForm, legacy, filter) => {
			const switches = { memberRemovePath, unsupportedPatchForm };
			expect(await remove(await under(switches), 'legacy')).toEqual(legacy);
			expect(await remove(await under(switches), 'filter')).toEqual(filter);
		},
	);
});

it.each([
	['yes', 200, ['ada@example.com', 'kenji@example.com', 'maria@example.com']],
	['onlyFirstApplied', 200, ['ada@example.com', 'kenji@example.com']],
	['no', 400, ['ada@example.com']],
] as const)('multiMemberPatch %s', async (multiMemberPatch, expected, left) => {
	const calls = await under({ multiMemberPatch });
	const one = member(calls, 'kenji@example.com');
	const two = member(calls, 'maria@example.com');
	const path = group(calls, 'Engineering');
	const { status } = await calls.patch(path, { op: 'Add', path: 'members', value: [one, two] });
	expect(status).toBe(expected);
	expect(emailsIn(calls, 'Engineering')).toEqual(left);

	// Single members are always accepted, also in several operations.
	const singles = await calls.patch(
		path,
		{ op: 'Add', path: 'members', value: [one] },
		{ op: 'Add', path: 'members', value: [two] },
	);
	expect(singles.status).toBe(200);
	const remove = await calls.patch(path, { op: 'Remove', path: 'members', value: [one, two] });
	expect(remove.status).toBe(expected);
	expect(emailsIn(calls, 'Engineering')).toHaveLength(
		{ yes: 1, onlyFirstApplied: 2, no: 3 }[multiMemberPatch],
	);
});

it.each([
	['ignored', []],
	['applied', ['ada@example.com']],
] as const)('createGroupMembers %s', async (createGroupMembers, expected) => {
	const calls = await under({ createGroupMembers });
	await calls.post('/Groups', {
		schemas: [urn.group],
		displayName: 'New',
		members: [member(calls, 'ada@example.com')],
	});
	expect(emailsIn(calls, 'New')).toEqual(expected);
});

it.each([
	['empties', []],
	['keeps', ['ada@example.com']],
] as const)('putGroupWithoutMembers %s', async (putGroupWithoutMembers, expected) => {
	const calls = await under({ putGroupWithoutMembers });
	await calls.put(group(calls, 'Engineering'), { schemas: [urn.group], displayName: 'Builders' });
	expect(emailsIn(calls, 'Builders')).toEqual(expected);
});

it.each([
	['merge', true],
	['replace', false],
] as const)('putUser %s', async (putUser, isKept) => {
	const calls = await under({ putUser });
	const { status, body } = await calls.put(
		user(calls, 'ada@example.com'),
		newUser('ada@example.com', { locale: 'en-GB' }),
	);
	expect(status).toBe(200);
	expect(body['locale']).toBe('en-GB');
	expect('title' in body).toBe(isKept);
	expect('name' in body).toBe(isKept);
	expect(urn.enterprise in body).toBe(isKept);
	expect(body[urn.notion]).toEqual({ role: 'member' });
});

describe('rolePatch', () => {
	const promote = async (calls: Calls, form: 'object' | 'objectAtPath' | 'path') => {
		const operation = {
			object: { op: 'Replace', value: { [urn.notion]: { role: 'owner' } } },
			objectAtPath: { op: 'Replace', path: urn.notion, value: { role: 'owner' } },
			path: { op: 'Replace', path: `${urn.notion}:role`, value: 'owner' },
		}[form];
		const { status } = await calls.patch(user(calls, 'ada@example.com'), operation);
		return `${status} ${calls.sandbox.workspace.userByEmail('ada@example.com')?.role ?? ''}`;
	};

	it.each([
		['extensionObject', 'ignored', '200 owner', '200 member'],
		['extensionObject', 400, '200 owner', '400 member'],
		['extensionPath', 'ignored', '200 member', '200 owner'],
		['extensionPath', 400, '400 member', '200 owner'],
		['both', 'ignored', '200 owner', '200 owner'],
		['both', 400, '200 owner', '200 owner'],
	] as const)(
		'%s, unsupportedPatchForm %s',
		async (rolePatch, unsupportedPatchForm, asObject, asPath) => {
			const switches = { rolePatch, unsupportedPatchForm };
			expect(await promote(await under(switches), 'object')).toBe(asObject);
			expect(await promote(await under(switches), 'objectAtPath')).toBe(asObject);
			expect(await promote(await under(switches), 'path')).toBe(asPath);
		},
	);
});

describe('unsupportedFilter', () => {
	const filters = [
		'userName eq "ada@example.com"',
		'email co "ada"',
		'email eq "ada@example.com" or email pr',
		'nonsense',
	];
	it.each(filters)('ignored: %s', async (filter) => {
		const calls = await under({ unsupportedFilter: 'ignored' });
		const { status, body } = await calls.get(`/Users?filter=${encodeURIComponent(filter)}`);
		expect([status, body.totalResults]).toEqual([200, 7]);
		const groups = await calls.get(`/Groups?filter=${encodeURIComponent(filter)}`);
		expect(groups.body.totalResults).toBe(4);
	});
	it.each(filters)('400: %s', async (filter) => {
		const calls = await under({ unsupportedFilter: 400 });
		const { status, body } = await calls.get(`/Users?filter=${encodeURIComponent(filter)}`);
		expect(status).toBe(400);
		expect(body).toMatchObject({ scimType: 'invalidFilter' });
	});
	it.each([404, 500, 501] as const)('%i, and the documented filters work', async (unsupportedFilter) => {
		const calls = await under({ unsupportedFilter });
		for (const path of ['/Users', '/Groups']) {
			expect((await calls.get(`${path}?filter=nonsense`)).status).toBe(unsupportedFilter);
		}
		const found = await calls.get(`/Users?filter=${encodeURIComponent('email eq "ada@example.com"')}`);
		expect(found.body.totalResults).toBe(1);
	});
});

describe('documentedFilter', () => {
	const documented = [
		['/Users', 'email eq "ada@example.com"', 7],
		['/Users', 'given_name eq "Ada"', 7],
		['/Groups', 'displayName eq "Sales"', 4],
	] as const;
	it.each(documented)('ignored: %s %s', async (path, filter, all) => {
		const calls = await under({ documentedFilter: 'ignored' });
		const { status, body } = await calls.get(`${path}?filter=${encodeURIComponent(filter)}`);
		expect([status, body.totalResults]).toEqual([200, all]);
	});
	it.each([400, 404, 500, 501] as const)('%i, and the list works', async (documentedFilter) => {
		const calls = await under({ documentedFilter });
		for (const [path, filter, all] of documented) {
			const refused = await calls.get(`${path}?filter=${encodeURIComponent(filter)}`);
			expect(refused.status).toBe(documentedFilter);
			expect((await calls.get(path)).body.totalResults).toBe(all);
		}
	});
});

describe('writeConflict', () => {
	it('firstTry: the first try gets the 409 of the public API, and its repetition is carried out', async () => {
		const calls = await under({ writeConflict: 'firstTry' });
		const ada = user(calls, 'ada@example.com');
		const first = await calls.remove(ada);
		expect(first.status).toBe(409);
		expect(first.body).toMatchObject({ object: 'error', code: 'conflict_error' });
		expect(calls.sandbox.workspace.isMember('ada@example.com')).toBe(true);
		expect((await calls.remove(ada)).status).toBe(204);
		expect((await calls.remove(ada)).status).toBe(409);
		expect((await calls.get('/Users')).status).toBe(200);
	});
	it('firstTry: another body is another write', async () => {
		const calls = await under({ writeConflict: 'firstTry' });
		expect((await calls.post('/Users', newUser('one@example.com'))).status).toBe(409);
		expect((await calls.post('/Users', newUser('two@example.com'))).status).toBe(409);
		expect((await calls.post('/Users', newUser('one@example.com'))).status).toBe(201);
	});
});

it.each([
	['emptyObject', {}],
	['null', null],
	['idOnly', { id: expect.any(String) }],
	['list', { totalResults: 1, Resources: [{ userName: 'x@example.com' }] }],
] as const)('writeAnswer %s', async (writeAnswer, expected) => {
	const calls = await under({ writeAnswer });
	const created = await calls.post('/Users', newUser('x@example.com'));
	expect(created.status).toBe(201);
	const body: unknown = JSON.parse(created.text);
	if (expected === null) expect(body).toBeNull();
	else expect(body).toMatchObject(expected);
	expect(calls.sandbox.workspace.isMember('x@example.com')).toBe(true);
	expect((await calls.get(user(calls, 'x@example.com'))).body).toMatchObject({ userName: 'x@example.com' });
	const patched = await calls.patch(group(calls, 'Sales'), { op: 'Replace', path: 'displayName', value: 'X' });
	expect(patched.status).toBe(200);
});

it.each([400, 405, 412, 413, 422] as const)('refusalStatus %i', async (refusalStatus) => {
	const calls = await under({ refusalStatus, multiMemberPatch: 'no' });
	const members = [member(calls, 'kenji@example.com'), member(calls, 'maria@example.com')];
	const path = group(calls, 'Engineering');
	const refused = await calls.patch(path, { op: 'Add', path: 'members', value: members });
	expect(refused.status).toBe(refusalStatus);
	expect((await calls.get(noOne)).status).toBe(404);
});

describe('readLag', () => {
	it('reads: so many of them see the state before the write, the next one sees it', async () => {
		const calls = await under({ readLag: { reads: 2 } });
		await calls.post('/Users', newUser('x@example.com'));
		const find = `/Users?filter=${encodeURIComponent('email eq "x@example.com"')}`;
		expect((await calls.get(find)).body.totalResults).toBe(0);
		expect((await calls.get('/Users')).body.totalResults).toBe(7);
		expect((await calls.get('/Users')).body.totalResults).toBe(8);
		expect((await calls.get(find)).body.totalResults).toBe(1);
	});
	it('counts for each write by itself, and for groups as well', async () => {
		const calls = await under({ readLag: { reads: 1 } });
		const path = group(calls, 'Sales');
		const rename = async (value: string) =>
			await calls.patch(path, { op: 'Replace', path: 'displayName', value });
		await rename('One');
		expect((await calls.get(path)).body).toMatchObject({ displayName: 'Sales' });
		await rename('Two');
		await rename('Three');
		expect((await calls.get(path)).body).toMatchObject({ displayName: 'One' });
		expect((await calls.get(path)).body).toMatchObject({ displayName: 'Three' });
	});
	it('ends when the time has passed', async () => {
		const calls = await under({ readLag: { milliseconds: 60_000 } });
		const ada = user(calls, 'ada@example.com');
		await calls.remove(ada);
		expect((await calls.get(ada)).status).toBe(200);
		expect((await calls.get('/Groups')).text).toContain(idOf(calls, 'ada@example.com'));
		calls.sandbox.catchUp();
		expect((await calls.get(ada)).status).toBe(404);
	});
	it('never holds for writes', async () => {
		const calls = await under({ readLag: { reads: 5 } });
		await calls.post('/Users', newUser('x@example.com'));
		expect((await calls.post('/Users', newUser('x@example.com'))).status).toBe(409);
	});
});

it.each([
	['primary', 0],
	['primaryAndSecondary', 1],
] as const)('emailFilterMatches %s', async (emailFilterMatches, expected) => {
	const calls = await under({ emailFilterMatches });
	const found = async (email: string) =>
		(await calls.get(`/Users?filter=${encodeURIComponent(`email eq "${email}"`)}`)).body
			.totalResults;
	expect(await found('kenji.watanabe@home.example')).toBe(expected);
	expect(await found('kenji@example.com')).toBe(1);
});

describe('unverifiedDomainUpdate', () => {
	const operations = [
		{ op: 'Replace', path: 'name.formatted', value: 'Somebody Else' },
		{ op: 'Replace', path: 'title', value: 'Consultant' },
	];
	const robin = 'robin@contractor.example';

	it('403: nothing is changed', async () => {
		const calls = await under({ unverifiedDomainUpdate: 403 });
		const renamed = await calls.patch(user(calls, robin), ...operations);
		const moved = await calls.patch(user(calls, robin), {
			op: 'Replace',
			path: 'userName',
			value: 'robin@example.com',
		});
		expect([renamed.status, moved.status]).toEqual([403, 403]);
		const { body } = await calls.get(user(calls, robin));
		expect(body).toMatchObject({ userName: robin, displayName: 'Robin Adeyemi' });
		expect(body).not.toHaveProperty('title');
	});

	it('403: other attributes can be changed', async () => {
		const calls = await under({ unverifiedDomainUpdate: 403 });
		const { status, body } = await calls.patch(user(calls, robin), operations[1]);
		expect(status).toBe(200);
		expect(body).toMatchObject({ title: 'Consultant' });
	});

	it('keepsOldValue: 200, with the old name and address', async () => {
		const calls = await under({ unverifiedDomainUpdate: 'keepsOldValue' });
		const { status, body } = await calls.patch(user(calls, robin), ...operations, {
			op: 'Replace',
			path: 'userName',
			value: 'robin@example.com',
		});
		expect(status).toBe(200);
		expect(body).toMatchObject({
			userName: robin,
			displayName: 'Robin Adeyemi',
			title: 'Consultant',
		});
	});

	it('counts for no one once the domain is verified', async () => {
		const calls = await under({ unverifiedDomainUpdate: 403 });
		calls.sandbox.workspace.verifiedDomains.add('contractor.example');
		const { body } = await calls.patch(user(calls, robin), ...operations);
		expect(body).toMatchObject({ displayName: 'Somebody Else' });
	});
});

it.each([403, 400] as const)('tokenOwnerRemoval %s', async (tokenOwnerRemoval) => {
	const calls = await under({ tokenOwnerRemoval });
	const path = user(calls, 'owner@example.com');
	expect((await calls.remove(path)).status).toBe(tokenOwnerRemoval);
	const inactive = await calls.patch(path, { op: 'Replace', path: 'active', value: false });
	expect(inactive.status).toBe(tokenOwnerRemoval);
});

it.each([403, 400] as const)('lastOwnerRemoval %s', async (lastOwnerRemoval) => {
	const calls = await under({ lastOwnerRemoval });
	const { workspace } = calls.sandbox;
	workspace.removeUser('second.owner@example.com');
	const headers = { authorization: `Bearer ${workspace.addToken('admin@example.com')}` };
	const { status } = await calls.send(
		'DELETE',
		user(calls, 'owner@example.com'),
		undefined,
		headers,
	);
	expect(status).toBe(lastOwnerRemoval);
});

it.each([
	[400, 400, ['ada@example.com']],
	['ignored', 200, ['ada@example.com', 'kenji@example.com']],
] as const)('guestInGroup %s', async (guestInGroup, expected, emails) => {
	const calls = await under({ guestInGroup, createGroupMembers: 'applied' });
	const guest = member(calls, 'guest@partner.example');
	const kenji = member(calls, 'kenji@example.com');
	const { status } = await calls.patch(group(calls, 'Engineering'), {
		op: 'Add',
		path: 'members',
		value: [guest, kenji],
	});
	expect(status).toBe(expected);
	expect(emailsIn(calls, 'Engineering')).toEqual(emails);
	const created = await calls.post('/Groups', { displayName: 'New', members: [guest] });
	expect(created.status).toBe(expected === 400 ? 400 : 201);
	expect(emailsIn(calls, 'New')).toEqual([]);
});

describe('listOrder', () => {
	const orders = async (listOrder: 'stable' | 'shuffledPerRequest') => {
		const calls = await start({ people: 90, switches: { listOrder } });
		const read = async () =>
			(await calls.get('/Users?startIndex=1&count=100')).body.Resources.map(({ id }) => id);
		return [await read(), await read()] as const;
	};
	it('stable', async () => {
		const [one, two] = await orders('stable');
		expect(one).toHaveLength(97);
		expect(two).toEqual(one);
	});
	it('shuffledPerRequest: another order, the same people', async () => {
		const [one, two] = await orders('shuffledPerRequest');
		expect(two).not.toEqual(one);
		expect(new Set(one).size).toBe(97);
		expect([...two].sort()).toEqual([...one].sort());
	});
	it('shuffledPerRequest: pages repeat and skip people, while the total is right', async () => {
		const calls = await start({ people: 93, switches: { listOrder: 'shuffledPerRequest' } });
		const ids: string[] = [];
		for (let startIndex = 1; startIndex <= 100; startIndex += 25) {
			const { body } = await calls.get(`/Users?startIndex=${startIndex}&count=25`);
			expect(body.totalResults).toBe(100);
			ids.push(...body.Resources.map(({ id }) => id));
		}
		expect(ids).toHaveLength(100);
		expect(new Set(ids).size).toBeLessThan(100);
	});
});

it.each([
	['no', [urn.user]],
	['yes', [urn.user, urn.notion]],
] as const)('extensionInSchemas %s', async (extensionInSchemas, expected) => {
	const calls = await under({ extensionInSchemas });
	const { body } = await calls.get(user(calls, 'ada@example.com'));
	expect(body['schemas']).toEqual(expected);
});

it.each([
	['full', { formatted: 'Ada Lovelace', givenName: 'Ada', familyName: 'Lovelace' }],
	['formattedOnly', { formatted: 'Ada Lovelace' }],
	['none', undefined],
] as const)('nameFields %s', async (nameFields, expected) => {
	const calls = await under({ nameFields });
	const { body } = await calls.get(user(calls, 'ada@example.com'));
	expect(body.name).toEqual(expected);
});

describe('roleStated', () => {
	const stated = async (roleStated: 'always' | 'sometimes') => {
		const calls = await start({ people: 90, switches: { roleStated } });
		const { body } = await calls.get('/Users?startIndex=1&count=100');
		const again = await calls.get('/Users?startIndex=1&count=100');
		expect(again.body.Resources).toEqual(body.Resources);
		const roleOf = ({ id }: { id: string }) => calls.sandbox.workspace.userById(id)?.role;
		const silent = body.Resources.filter((resource) => !(urn.notion in resource));
		return { silent: silent.map(roleOf), all: body.Resources.map(roleOf) };
	};
	it('always', async () => {
		expect((await stated('always')).silent).toEqual([]);
	});
	it('sometimes: missing for about half of the plain members, and for no one else', async () => {
		const { silent, all } = await stated('sometimes');
		expect(new Set(silent)).toEqual(new Set(['member']));
		const members = all.filter((role) => role === 'member').length;
		expect(silent.length / members).toBeGreaterThan(0.3);
		expect(silent.length / members).toBeLessThan(0.7);
	});
});

it.each([
	['boolean', true, false],
	['text', 'True', 'False'],
	['number', 1, 0],
] as const)('activeForm %s', async (activeForm, here, gone) => {
	const calls = await under({ activeForm, afterRemoval: 'inactive' });
	const path = user(calls, 'ada@example.com');
	expect((await calls.get(path)).body['active']).toBe(here);
	await calls.remove(path);
	expect((await calls.get(path)).body['active']).toBe(gone);
});

describe('emailFilterCase', () => {
	const found = async (calls: Calls, email: string) =>
		(await calls.get(`/Users?filter=${encodeURIComponent(`email eq "${email}"`)}`)).body.Resources.map(
			({ userName }) => userName,
		);
	it('ignored: any spelling finds the address', async () => {
		const calls = await under({ emailFilterCase: 'ignored' });
		expect(await found(calls, 'Ada@Example.com')).toEqual(['ada@example.com']);
	});
	it('exactWithCapitals: only the stored spelling does', async () => {
		const calls = await under({ emailFilterCase: 'exactWithCapitals' });
		expect(await found(calls, 'ada@example.com')).toEqual([]);
		expect(await found(calls, 'Ada@example.com')).toEqual(['Ada@example.com']);
	});
});

it.each([
	['documented', 'userName', urn.notion, 'Resources'],
	['other', 'UserName', urn.notion.replace('notion', 'Notion'), 'resources'],
] as const)('extensionCase %s', async (extensionCase, name, extension, rows) => {
	const calls = await under({ extensionCase });
	expect(Object.keys((await calls.get(user(calls, 'owner@example.com'))).body)).toEqual(
		expect.arrayContaining([name, extension]),
	);
	expect(Object.keys((await calls.get('/Groups')).body)).toContain(rows);
});

it.each([
	['asSent', 'Jose\u0301  P\u00e9rez', 'Cafe\u0301  Team'],
	['normalized', 'Jos\u00e9 P\u00e9rez', 'Caf\u00e9 Team'],
] as const)('nameStorage %s', async (nameStorage, name, groupName) => {
	const calls = await under({ nameStorage });
	const person = { ...newUser('jose@example.com'), name: { formatted: 'Jose\u0301  P\u00e9rez' } };
	expect((await calls.post('/Users', person)).body.name.formatted).toBe(name);
	const made = await calls.post('/Groups', { schemas: [urn.group], displayName: 'Cafe\u0301  Team' });
	expect(made.body['displayName']).toBe(groupName);
});

describe('groups', () => {
	it('yes', async () => {
		const calls = await under({ groups: 'yes' });
		expect((await calls.get('/Groups')).status).toBe(200);
	});
	it('none: 404 to everything about them', async () => {
		const calls = await under({ groups: 'none' });
		const path = group(calls, 'Sales');
		const replies = await Promise.all([
			calls.get('/Groups'),
			calls.get(path),
			calls.post('/Groups', { schemas: [urn.group], displayName: 'X' }),
			calls.remove(path),
			calls.get('/Users'),
		]);
		expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404, 200]);
	});
});

it.each([
	['all', 120],
	['first100', 100],
] as const)('groupMembersShown %s', async (groupMembersShown, shown) => {
	const calls = await under({ groupMembersShown });
	const { workspace } = calls.sandbox;
	const members = Array.from({ length: 120 }, (_, index) => workspace.addUser({ email: `p${index}@example.com` }).id);
	const { id } = workspace.addGroup({ displayName: 'Crowd', members });
	expect((await calls.get(`/Groups/${id}`)).body.members).toHaveLength(shown);
});

it.each([
	['free', 201, 201],
	['uniqueIgnoringCase', 409, 409],
] as const)('groupNames %s', async (groupNames, other, same) => {
	const calls = await under({ groupNames });
	const make = async (displayName: string) =>
		(await calls.post('/Groups', { schemas: [urn.group], displayName })).status;
	expect([await make('sales'), await make('Sales'), await make('Market')]).toEqual([other, same, 201]);
});

describe('rateLimit', () => {
	it('none', async () => {
		const calls = await under({ rateLimit: 'none' });
		const replies = await Promise.all(Array.from({ length: 20 }, () => calls.get('/Users')));
		expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
	});
	it.each([429, 529] as const)('2 a second, then %s', async (status) => {
		const calls = await under({ rateLimit: { perSecond: 2, status } });
		const replies = await Promise.all(Array.from({ length: 6 }, () => calls.get('/Users')));
		const refused = replies.filter((reply) => reply.status !== 200);
		expect(refused).toHaveLength(4);
		for (const { status: refusal, headers } of refused) {
			expect(refusal).toBe(status);
			expect(headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
		}
	});
	it('lets requests through again after the time it names', async () => {
		const calls = await under({ rateLimit: { perSecond: 1 } });
		await calls.get('/Users');
		const deadline = Date.now() + 3000;
		let status = (await calls.get('/Users')).status;
		expect(status).toBe(429);
		while (status !== 200 && Date.now() < deadline) status = (await calls.get('/Users')).status;
		expect(status).toBe(200);
	});
});

it('can be turned while the sandbox runs', async () => {
	const calls = await under({});
	expect((await calls.post('/Users', newUser('one@example.com'))).status).toBe(201);
	calls.sandbox.setSwitches({ createStatus: 200 });
	expect((await calls.post('/Users', newUser('two@example.com'))).status).toBe(200);
	expect(() => calls.sandbox.setSwitches({ rateLimit: { perSecond: -1 } })).toThrow();
	expect(calls.sandbox.switches.createStatus).toBe(200);
});

it('is described in the README as it is', () => {
	const readme = readFileSync(join(import.meta.dirname, '../../sandbox/README.md'), 'utf8');
	const section = readme.split('## Switches')[1]?.split('\n## ')[0] ?? '';
	const rows = Array.from(section.matchAll(/^\| `(\w+)` \| `([^`]+)`/gm), ([, name, usual]) => [
		name,
		usual,
	]);
	expect(rows).toEqual(describeSwitches().map(({ name, default: usual }) => [name, String(usual)]));
});
