import { createHash } from 'node:crypto';
import { z } from 'zod';

import {
	AUDITOR,
	FALLBACK,
	type ReviewWorld,
	type Row,
	SECURITY,
	startReviewWorld,
	unzipped,
} from './reviewWorld.mts';

jest.setTimeout(180_000);

const DAY = 86_400_000;
const EVIL = 'Ann <img src=x onerror=alert(1)> "{{ $json.key }}"';

/** Name, manager, and the word for where they stand. */
const STAFF: [name: string, manager: string, status?: string][] = [
	['mia', ''],
	['max', 'mia@example.com'],
	['gone', '', 'Terminated'],
	['selma', 'selma@example.com'],
	['ann', 'mia@example.com'],
	['bob', 'Mia@Example.com'],
	['cid', 'max@example.com'],
	['dee', 'gone@example.com'],
	['eve', 'ghost@example.com'],
	['owner', 'mia@example.com'],
];
const people = STAFF.map(([name, managerEmail, status = 'Active']) => ({
	sourceId: `id-${name}`,
	email: `${name}@example.com`,
	managerEmail,
	status,
}));

const AGENTS = [
	'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36',
	'Mozilla/5.0 (compatible; BingPreview/1.0b; Microsoft SafeLinks)',
	'',
];

let world: ReviewWorld;
/** Addresses of links, by reviewer. */
const links = new Map<string, string>();

const rowOf = async (email: string, group: string): Promise<Row> => {
	const rows = await world.rows('rows');
	const row = rows.filter((one) => one['email'] === email && one['groupName'] === group).at(-1);
	if (!row) throw new Error(`There is no row of ${email} in "${group}"`);
	return row;
};
const isMember = (name: string) => world.sandbox.workspace.isMember(`${name}@example.com`);
const groupsOf = (name: string) => world.sandbox.workspace.groupNames(`${name}@example.com`).sort();
const linkIn = (text: string) => /https?:\S+/.exec(text)?.[0] ?? '';
const keyOf = (reviewer: string) => new URL(links.get(reviewer) ?? '').searchParams.get('key') ?? '';

/** Sends the form as a browser does. */
const answer = async (reviewer: string, decisions: [Row, string, string?][], key = keyOf(reviewer)) => {
	const body = new URLSearchParams({ key });
	for (const [row, decision, comment = ''] of decisions) {
		body.set(`d${row['id']}`, decision);
		body.set(`c${row['id']}`, comment);
		body.set(`s${row['id']}`, String(row['digest']));
	}
	const response = await fetch(world.host.webhookUrl('notion-access-review'), { method: 'POST', body });
	return { status: response.status, page: await response.text() };
};
/** Why a row's revocation is as it is, in the journal, and its record. */
const resultOf = async (email: string, groupName = ''): Promise<Row> => {
	const rows = await world.revocations();
	const own = rows.filter((row) => {
		const details: Row = JSON.parse(String(row['details'] || '{}'));
		return row['email'] === email && (details['groupName'] ?? '') === groupName;
	});
	return own.at(-1) ?? {};
};
const alertTexts = async () =>
	(await world.host.client.rows('notion_scim_alerts')).map(({ key, text }) => `${key}: ${text}`);

beforeAll(async () => {
	world = await startReviewWorld(people);
	const { workspace } = world.sandbox;
	for (const [name] of STAFF) {
		if (name === 'gone' || name === 'owner') continue;
		workspace.addUser({ email: `${name}@example.com`, name: name === 'ann' ? EVIL : name });
	}
	workspace.addGroup({
		displayName: 'Staff',
		members: ['ann', 'bob', 'cid', 'dee', 'max', 'mia', 'selma'].map((name) => `${name}@example.com`),
	});
	workspace.addGroup({ displayName: 'Finance', members: ['ann@example.com'] });
}, 180_000);

afterAll(async () => await world?.stop(), 60_000);

it('does not start on a directory with gaps, says so, and asks no one', async () => {
	const id = await world.importWith(people, { expectedCount: 11 });

	const run = await world.start(id);

	expect(run.status).toBe('error');
	expect(run.error).toMatch(/did not start: The directory was not read completely.*11/s);
	expect(await alertTexts()).toEqual([expect.stringMatching(/^access review: not started: .*The directory was not read completely/)]);
	expect(await world.rows('rows')).toEqual([]);
	expect(await world.rows('reviews')).toEqual([]);
	expect(world.mail.mails()).toEqual([]);
	expect(world.writes()).toEqual([]);
});

it('asks each manager about their people, and another person where there is no manager', async () => {
	const run = await world.start();

	expect(run.error).toBeUndefined();
	expect((await world.day()).evidence.error).toBeUndefined();
	const asked = (await world.rows('rows')).map(({ email, groupName, reviewer, reviewerAs }) =>
		[email, groupName, reviewer, reviewerAs].join(' '),
	);
	expect(asked.sort()).toEqual([
		'ann@example.com Finance mia@example.com manager',
		'ann@example.com Staff mia@example.com manager',
		'bob@example.com Staff mia@example.com manager',
		'cid@example.com Staff max@example.com manager',
		`dee@example.com Staff ${FALLBACK} fallback`,
		`eve@example.com  ${FALLBACK} fallback`,
		'max@example.com Staff mia@example.com manager',
		`mia@example.com Staff ${FALLBACK} fallback`,
		`owner@example.com  ${SECURITY} security reviewer`,
		`selma@example.com Staff ${FALLBACK} fallback`,
	]);
	expect(await rowOf('dee@example.com', 'Staff')).toMatchObject({
		passedOver: expect.stringContaining('gone@example.com (manager) has left.'),
	});
	expect(await rowOf('selma@example.com', 'Staff')).toMatchObject({
		passedOver: expect.stringContaining('would review themselves'),
	});
	// The mails name a day, and it counts to its end.
	expect(await world.rows('reviews')).toMatchObject([{ dueAt: expect.stringMatching(/T23:59:59\.999Z$/) }]);
	const to = world.mail.mails().map((mail) => mail.to.join());
	expect(to.sort()).toEqual([AUDITOR, FALLBACK, 'max@example.com', 'mia@example.com', SECURITY].sort());
	for (const mail of world.mail.mails()) {
		if (!mail.to.includes(AUDITOR)) links.set(mail.to.join(), linkIn(mail.text));
	}
	const stored = JSON.stringify(await world.everything());
	for (const reviewer of links.keys()) {
		expect(keyOf(reviewer)).toMatch(/^[0-9a-f]{64}$/);
		expect(stored).not.toContain(keyOf(reviewer));
	}
	expect(new Set([...links.values()]).size).toBe(4);
	expect(world.writes()).toEqual([]);
});

it('shows a page to anyone who opens a link, and that alone writes nothing anywhere', async () => {
	const before = await world.everything();
	const pages = new Map<string, string>();
	for (const [reviewer, link] of links) {
		for (const agent of AGENTS) {
			const headers = { 'User-Agent': agent };
			const page = await fetch(link, { headers });
			pages.set(reviewer, await page.text());
			expect(page.status).toBe(200);
			expect(page.headers.get('referrer-policy')).toBe('no-referrer');
			expect(page.headers.get('cache-control')).toBe('no-store');
			await (await fetch(link, { method: 'HEAD', headers })).text();
		}
	}
	// As a scanner might make a decision out of a link.
	const row = await rowOf('bob@example.com', 'Staff');
	await (await fetch(`${links.get('mia@example.com')}&d${row['id']}=remove`)).text();
	const wrong = await fetch(`${world.host.webhookUrl('notion-access-review')}?key=${'0'.repeat(64)}`);

	expect(wrong.status).toBe(404);
	expect(await wrong.text()).toContain('This link is not valid');
	const page = pages.get('mia@example.com') ?? '';
	expect(page).toContain('bob@example.com');
	expect(page).toContain('teamspace Money');
	expect(page).not.toContain('cid@example.com');
	expect(page).not.toContain('owner@example.com');
	expect(page).not.toContain('<img');
	expect(page).toContain('&lt;img src&#61;x onerror&#61;alert(1)&gt;');
	expect(page).not.toMatch(/\{\{|<script|<input[^>]*\schecked/);
	expect(await world.everything()).toEqual(before);
	// The key is in no execution that n8n keeps.
	expect(await world.settled('answers')).toBeUndefined();
	expect(world.writes()).toEqual([]);
	expect(isMember('bob')).toBe(true);
});

it('takes no empty answer, no one else’s rows, and nothing that was not shown', async () => {
	const before = await world.everything();
	const bob = await rowOf('bob@example.com', 'Staff');
	const cid = await rowOf('cid@example.com', 'Staff');

	expect((await answer('mia@example.com', [])).page).toContain('You have not decided anything');
	expect(await answer('mia@example.com', [[cid, 'remove']])).toMatchObject({
		status: 409,
		page: expect.stringContaining('You cannot decide on one of the rows'),
	});
	expect(await answer('mia@example.com', [[{ ...bob, digest: 'other' }, 'remove']])).toMatchObject({
		status: 409,
		page: expect.stringContaining('is not what is on record'),
	});
	expect(await answer('mia@example.com', [[bob, 'promote']])).toMatchObject({ status: 409 });
	expect(await answer('mia@example.com', [[bob, 'remove']], '0'.repeat(64))).toMatchObject({ status: 404 });
	await world.settled();

	expect(await world.rows('rows')).toEqual((before['notion_scim_reviews'] ?? []).filter(({ kind }) => kind === 'row'));
	expect(world.writes()).toEqual([]);
});

it('carries out what a manager decides, verified and on record', async () => {
	const bob = await rowOf('bob@example.com', 'Staff');
	const finance = await rowOf('ann@example.com', 'Finance');

	const { status, page } = await answer('mia@example.com', [
		[finance, 'leaveGroup', 'moved to <Sales>'],
		[await rowOf('ann@example.com', 'Staff'), 'keep'],
		[bob, 'remove'],
		[await rowOf('max@example.com', 'Staff'), 'keep'],
	]);

	expect(status).toBe(200);
	expect(page).toContain('4 decisions are on record');
	expect(page).toContain('Nothing is open for you');
	expect((await world.revoked()).error).toBeUndefined();
	// A reviewer who lent the link to another person learns what was decided with it.
	const [receipt] = world.mail.mailsTo('mia@example.com').filter(({ subject }) => subject.includes('On record in your name'));
	expect(receipt?.text).toMatch(/bob@example\.com, Staff: remove from Notion[^]*If this was not you/);
	expect(receipt?.text).not.toContain(keyOf('mia@example.com'));
	expect(groupsOf('ann')).toEqual(['Staff']);
	expect(isMember('bob')).toBe(false);
	expect(await rowOf('ann@example.com', 'Finance')).toMatchObject({
		decision: 'leaveGroup',
		comment: 'moved to <Sales>',
		decidedBy: 'mia@example.com',
		assurance: expect.stringContaining('not signed in'),
		decidedAt: expect.stringMatching(/^\d{4}-/),
		digest: finance['digest'],
	});
	expect(await rowOf('bob@example.com', 'Staff')).toMatchObject({ decision: 'remove' });
	const [evidence] = await world.host.client.rows('notion_scim_evidence');
	expect(evidence?.['key']).toBe((await resultOf('bob@example.com'))['key']);
	expect(JSON.parse(String(evidence?.['record']))).toMatchObject({
		verified: true,
		requestedBy: 'mia@example.com',
		person: { email: 'bob@example.com' },
	});
	const changes = await world.revocations();
	expect(changes).toMatchObject([
		{ email: 'ann@example.com', state: 'done', outcome: 'done', impact: 1, requestedBy: 'mia@example.com' },
		{ email: 'bob@example.com', state: 'done', outcome: 'done', impact: 1 },
	]);
	expect(changes.map(({ details }) => JSON.parse(String(details)))).toMatchObject([
		{ action: 'group.removeMembers', groupName: 'Finance', verifiedAt: expect.any(String) },
		{ action: 'user.remove', verifiedAt: expect.any(String) },
	]);
	// The intention was stored before anything was asked of Notion.
	const intended = Math.max(...changes.map(({ createdAt }) => Date.parse(String(createdAt))));
	const [write] = world.sandbox.requests.all().filter(({ method }) => method !== 'GET');
	expect(write?.time).toBeGreaterThanOrEqual(intended);

	expect(await answer('mia@example.com', [[bob, 'keep']])).toMatchObject({
		status: 409,
		page: expect.stringContaining('has been decided already by mia@example.com'),
	});
	expect(await rowOf('bob@example.com', 'Staff')).toMatchObject({ decision: 'remove' });
});

it('never removes an owner, and tells it', async () => {
	const writes = world.writes().length;

	await answer(SECURITY, [[await rowOf('owner@example.com', ''), 'remove']]);
	const run = await world.revoked();

	expect(run.status).toBe('error');
	expect(run.error).toContain('a person must act in Notion');
	expect(await resultOf('owner@example.com')).toMatchObject({ state: 'refused', outcome: 'refused', impact: 0 });
	expect(isMember('owner')).toBe(true);
	expect(world.writes()).toHaveLength(writes);
	expect(await alertTexts()).toContainEqual(expect.stringMatching(/^access review: revocation: .*owner@example\.com/));
});

it('does nothing twice: neither a second start nor the day', async () => {
	const mails = world.mail.mails().length;
	const writes = world.writes().length;

	expect((await world.start()).error).toMatch(/is still open/);
	await world.day();

	const newer = world.mail.mails().slice(mails);
	expect(newer.map(({ to }) => to.join())).toEqual([AUDITOR]);
	expect(newer[0]?.text).toMatch(/Head of the chain: [0-9a-f]{64}/);
	expect(world.writes()).toHaveLength(writes);
});

it('reminds, asks another person, and at last says that no one answered', async () => {
	const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString();
	const mails = () => world.mail.mails().filter(({ to }) => !to.includes(AUDITOR));
	world.mail.clear();
	await world.change('rows', 'reviewer', 'max@example.com', { at: ago(5) });
	await world.change('letters', 'reviewer', 'max@example.com', { at: ago(5), sentAt: ago(5) });
	await world.day();
	expect(mails().map(({ to, subject }) => [to.join(), subject])).toEqual([
		['max@example.com', expect.stringContaining('Reminder')],
	]);

	world.mail.clear();
	await world.change('rows', 'reviewer', 'max@example.com', { at: ago(9) });
	await world.change('letters', 'reviewer', 'max@example.com', { at: ago(9), sentAt: ago(9) });
	await world.day();
	expect(mails().map(({ to, subject }) => [to.join(), subject])).toEqual([
		['mia@example.com', expect.stringContaining('instead of another reviewer')],
	]);
	expect(await rowOf('cid@example.com', 'Staff')).toMatchObject({
		reviewer: 'mia@example.com',
		reviewerAs: "manager's manager",
	});
	// The link of the one who was asked before is of no use any more.
	const late = await answer('max@example.com', [[await rowOf('cid@example.com', 'Staff'), 'remove']]);
	expect(late).toMatchObject({ status: 409, page: expect.stringContaining('You cannot decide on one of the rows') });

	await answer(FALLBACK, [
		[await rowOf('dee@example.com', 'Staff'), 'keep'],
		[await rowOf('eve@example.com', ''), 'keep', 'on a project'],
		[await rowOf('mia@example.com', 'Staff'), 'keep'],
		[await rowOf('selma@example.com', 'Staff'), 'keep'],
	]);
	await world.settled();
	expect(isMember('cid')).toBe(true);
});

it('closes with evidence that an auditor can check, and takes nothing from whom no one decided about', async () => {
	const writes = world.writes().length;
	world.mail.clear();
	const gaps = { totalResults: 50, startIndex: 1, itemsPerPage: 0, Resources: [] };
	world.sandbox.faults.add({ path: '/Users\\?', fault: { status: 200, body: gaps } });
	await world.change('reviews', 'state', 'open', { dueAt: new Date(Date.now() - 1000).toISOString() });

	const { evidence: run } = await world.day();

	expect(run.error).toMatch(/1 rows were not decided.*Nothing was removed/);
	expect(run.error).toMatch(/second snapshot failed: The list of users could not be read completely/);
	expect(world.mail.mails().at(-1)?.attachments).toMatchObject([{ name: expect.stringMatching(/^review-.*\.zip$/) }]);
	expect(await world.rows('reviews')).toMatchObject([{ state: 'open', digest: '' }]);
	world.sandbox.faults.clear();
	const { evidence: last } = await world.day();
	expect(last.error).not.toContain('were not decided');
	expect(last.error).toMatch(/review is over, and in the second snapshot these are still there.*: owner@example\.com/);
	expect(isMember('cid')).toBe(true);
	expect(groupsOf('cid')).toEqual(['Staff']);
	expect(world.writes()).toHaveLength(writes);
	const mail = await world.mail.waitFor(({ subject }) => subject.includes('is closed: evidence'));
	expect(mail.to).toEqual([AUDITOR]);
	const [review] = await world.rows('reviews');
	expect(mail.attachments).toEqual([
		expect.objectContaining({ name: `${review?.['reviewId']}.zip`, type: 'application/zip', text: expect.stringMatching(/^PK/) }),
	]);
	const stored = (await world.host.client.rows('notion_scim_evidence')).filter(({ key }) => key === review?.['reviewId']);
	expect(stored).toHaveLength(1);
	const json = String(stored[0]?.['record']);
	const files = unzipped(mail.attachments[0]?.content ?? Buffer.alloc(0));
	expect(files['review.json']).toBe(json);
	const html = files[`${review?.['reviewId']}.html`] ?? '';
	const evidence = z.record(z.unknown()).parse(JSON.parse(json));
	expect(evidence).toMatchObject({
		totals: {
			people: 9,
			rows: 10,
			kept: 6,
			revoked: 3,
			carriedOut: 2,
			notCarriedOut: 1,
			unanswered: 1,
			withoutReviewer: 0,
			settled: 0,
			missing: 0,
		},
		before: {
			population: true,
			members: 9,
			reading: { users: { firstTotal: 9, lastTotal: 9 } },
			sources: [{ source: 'list', complete: true, count: 10 }],
			notVisible: expect.arrayContaining([expect.stringContaining('Guests')]),
		},
		after: { population: true, members: 8 },
		newSince: [],
		goneOtherwise: [],
	});
	expect(evidence['entries']).toEqual(
		expect.arrayContaining([
			expect.objectContaining({ email: 'bob@example.com', outcome: 'done', verified: true, goneInSecondSnapshot: true }),
			expect.objectContaining({ email: 'cid@example.com', decision: 'unanswered', askedAtLast: 'mia@example.com' }),
			expect.objectContaining({ email: 'owner@example.com', outcome: 'notCarriedOut', goneInSecondSnapshot: false }),
		]),
	);
	expect(html).toContain('&lt;img src&#61;x');
	expect(html).not.toMatch(/<img|<script|https?:\/\//);

	// The chain, as the README says how to check it.
	const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
	const chain = await world.rows('chain');
	let previous = '';
	for (const [index, link] of chain.entries()) {
		expect(link).toMatchObject({ position: index + 1, previous });
		const { position, at, reviewId, details, digest } = link;
		previous = sha256([position, at, reviewId, details, digest, previous].join('\n'));
		expect(link['head']).toBe(previous);
	}
	expect(chain.at(-1)).toMatchObject({ details: 'evidence', digest: sha256(json) });
	expect(mail.text).toContain(`Head of the chain: ${previous}`);
	expect(await world.rows('reviews')).toMatchObject([
		{ state: 'closed', digest: sha256(json), head: previous },
	]);
});

it('takes no decision afterwards', async () => {
	const writes = world.writes().length;
	const cid = await rowOf('cid@example.com', 'Staff');
	const link = links.get('mia@example.com') ?? '';

	const page = await (await fetch(link)).text();
	expect(page).toContain('This review is closed');
	expect(page).not.toContain('ann@example.com');
	expect(await answer('mia@example.com', [[cid, 'remove']])).toMatchObject({
		status: 409,
		page: expect.stringContaining('time for this review is over'),
	});
	await world.settled();
	expect(isMember('cid')).toBe(true);
	expect(world.writes()).toHaveLength(writes);
});

describe('the next quarter', () => {
	it('starts anew, on what there is then', async () => {
		const writes = world.writes().length;
		world.mail.clear();
		await world.age('rows');
		await world.age('letters');

		expect((await world.start()).error).toBeUndefined();

		const [closed, open] = await world.rows('reviews');
		expect([closed?.['state'], open?.['state']]).toEqual(['closed', 'open']);
		// The evidence of the closed one keeps its rows.
		const rows = await world.rows('rows');
		expect(new Set(rows.map(({ reviewId }) => reviewId))).toEqual(new Set([open?.['reviewId']]));
		expect((await world.rows('letters')).every(({ reviewId }) => reviewId === open?.['reviewId'])).toBe(true);
		expect(rows.map(({ email, groupName }) => `${email} ${groupName}`)).not.toContain('ann@example.com Finance');
		expect(rows).toHaveLength(8);
		expect(world.writes()).toHaveLength(writes);
		for (const mail of world.mail.mails()) {
			if (!mail.to.includes(AUDITOR)) links.set(mail.to.join(), linkIn(mail.text));
		}
	});

	it('keeps the first of two answers at the same moment, and holds what is beyond the limit of a day', async () => {
		const writes = world.writes().length;
		const ann = await rowOf('ann@example.com', 'Staff');

		const answers = await Promise.all([
			answer('mia@example.com', [[ann, 'leaveGroup', 'one']]),
			answer('mia@example.com', [[ann, 'leaveGroup', 'other']]),
		]);
		await world.revoked();

		expect(answers.filter(({ page }) => page.includes('One decision is on record'))).toHaveLength(1);
		expect(answers.filter(({ page }) => /in the same moment|decided already/.test(page))).toHaveLength(1);
		// Two of two were used by the review before.
		expect(await rowOf('ann@example.com', 'Staff')).toMatchObject({ decision: 'leaveGroup' });
		expect(await resultOf('ann@example.com', 'Staff')).toMatchObject({ state: 'held', outcome: 'held' });
		expect(groupsOf('ann')).toEqual(['Staff']);
		expect(world.writes()).toHaveLength(writes);
		expect(await alertTexts()).toContainEqual(expect.stringMatching(/^access review: revocation: .*the limit of a day/));
	});

	it('does what was held once the limit allows it, and finishes what an execution left that died', async () => {
		const max = await rowOf('max@example.com', 'Staff');
		const anHourAgo = new Date(Date.now() - 3_600_000).toISOString();
		const { reviewId, userId, groupId, digest } = max;
		await world.intend({
			...{ kind: 'revoke', key: [reviewId, 'group.removeMembers', userId, groupId].join('|'), reference: reviewId },
			...{ execution: '0', email: 'max@example.com', userId },
			details: JSON.stringify({ action: 'group.removeMembers', groupId, groupName: 'Staff' }),
		});
		await world.intend({ kind: 'sync', key: 'zed', execution: '0', email: 'zed@example.com', impact: 0, details: '' });
		await world.age('revocations');
		// A day later: what the review before took away counts no more.
		await world.forgetImpact();
		await world.change('rows', 'digest', String(digest), {
			...{ decision: 'leaveGroup', state: 'revoke', decidedBy: 'mia@example.com', decidedAt: anHourAgo },
		});

		const { revocations } = await world.day();

		expect(revocations.error).toBeUndefined();
		expect(groupsOf('ann')).toEqual([]);
		expect(groupsOf('max')).toEqual([]);
		expect(await resultOf('ann@example.com', 'Staff')).toMatchObject({ outcome: 'done', state: 'done' });
		// What an execution left that died is finished in its own row; what another workflow has begun is not this one's to end.
		expect(await resultOf('max@example.com', 'Staff')).toMatchObject({ outcome: 'done', state: 'done', attempts: 1 });
		const begun = (await world.host.client.rows('notion_scim_changes')).filter(({ execution }) => execution === '0');
		expect(begun.map(({ email, state }) => [email, state])).toEqual([['zed@example.com', 'intended']]);
	});

	it('tries again on the next day what Notion could not do, whatever the mail server does', async () => {
		const selma = await rowOf('selma@example.com', 'Staff');
		world.sandbox.faults.add({ path: '/Groups/', fault: { status: 500 } });
		world.mail.fail();

		expect((await answer(FALLBACK, [[selma, 'leaveGroup']])).page).toContain('One decision is on record');
		const run = await world.revoked();
		world.mail.heal();
		world.sandbox.faults.clear();

		expect(run.error).toMatch(/selma@example\.com in Staff: it is tried again tomorrow/);
		expect(await alertTexts()).toContainEqual(expect.stringMatching(/^access review: receipt: .*could not be mailed what was put on record/));
		expect(await resultOf('selma@example.com', 'Staff')).toMatchObject({ outcome: 'failed', state: 'retry' });
		expect(groupsOf('selma')).toEqual(['Staff']);
		await world.age('revocations');
		await world.forgetImpact();

		expect((await world.day()).revocations.error).toBeUndefined();
		expect(groupsOf('selma')).toEqual([]);
		expect(await resultOf('selma@example.com', 'Staff')).toMatchObject({ outcome: 'done', state: 'done' });
	});

	it('asks again on the next day whom it could not mail, and says so', async () => {
		world.mail.clear();
		await world.change('letters', 'reviewer', 'max@example.com', { sentAt: '' });
		world.mail.fail();

		const { reminders: failed } = await world.day();
		world.mail.heal();
		expect(failed.error).toMatch(/max@example\.com.*could not be asked|could not be asked.*max@example\.com/s);

		await world.day();
		expect(world.mail.mailsTo('max@example.com')).toHaveLength(1);
	});

	it('asks another person on the day after a manager has left, whose link is of no use any more', async () => {
		await world.relist(people.map((one) => (one.sourceId === 'id-max' ? { ...one, status: 'Terminated' } : one)));
		world.mail.clear();
		await world.startAgain({ reviewId: 'double', state: 'open', dueAt: '2026-01-01T00:00:00.000Z', details: '' });

		expect((await world.day()).reminders.error).toBeUndefined();

		// Of two reviews that were started at the same moment, the first stays.
		expect((await world.rows('reviews')).map(({ state }) => state)).toEqual(['closed', 'open', 'superseded']);
		const cid = await rowOf('cid@example.com', 'Staff');
		expect(cid).toMatchObject({
			reviewer: 'mia@example.com',
			passedOver: expect.stringContaining('max@example.com (manager) has left.'),
		});
		expect(world.mail.mailsTo('mia@example.com')).toHaveLength(1);
		expect(await answer('max@example.com', [[cid, 'remove']])).toMatchObject({ status: 409 });
		expect(isMember('cid')).toBe(true);
	});
});
