import { plainPage, reviewPage } from '../../../lib/report/reviewPage.ts';
import { receiptOf } from '../../../lib/report/reviewReceipt.ts';
import { ago, decided, NOW, review, row } from '../review/reviewKit.mts';
import type { ReviewRow } from '../../../lib/review/rows.ts';

const page = (rows: ReviewRow[], more: object = {}) =>
	reviewPage({ review: review(), rows, key: 'k', reviewer: 'mia@x.example', now: NOW, ...more });

describe('the page of a reviewer', () => {
	const evil = '"><script>alert(1)</script>{{ $json.x }}\'`';

	it.each(['displayName', 'email', 'groupName', 'role', 'digest', 'comment', 'decidedBy'])('cannot be injected by %s', (field) => {
		const facts = { title: evil, department: evil, teamspace: evil, sensitivity: evil, directoryStatus: 'inactive', directoryNote: evil, privileged: true, privilegedBecause: evil };
		const rows = [row(1, { [field]: evil, facts }), decided(2, 'lowerRole', { [field]: evil })];
		expect(page(rows, { key: evil, reviewer: evil, notices: [evil] })).not.toMatch(/<script|\{\{|"'`/);
	});

	it('shows no one once the review is closed', () => {
		const html = page([decided(1, 'keep', { email: 'ann@x.example', comment: 'secret' })], { review: review({ state: 'closed' }) });
		expect(html).toContain('This review is closed');
		expect(html).not.toMatch(/ann@x|secret/);
	});

	it('says after the end what was not answered', () => {
		const html = page([row(1)], { review: review({ dueAt: ago(0) }) });
		expect(html).toContain('not answered in time; nothing was removed');
		expect(html).not.toContain('<form');
	});

	it('asks nothing more about who is removed, and keeps the order', () => {
		const html = page([row(3, { userId: 'w' }), decided(1, 'remove', { userId: 'u' }), row(2, { userId: 'v' }), row(4, { userId: 'u' })]);
		expect([...html.matchAll(/<fieldset>/g)]).toHaveLength(2);
		expect(html).not.toContain('name="d4"');
		expect(html.indexOf('name="d2"')).toBeLessThan(html.indexOf('name="d3"'));
		expect(html).toContain('goes with the removal from Notion');
	});

	it('shows no more rows than a form may have fields', () => {
		const html = page(Array.from({ length: 450 }, (_, index) => row(index + 1)));
		const names = new Set([...html.matchAll(/<input[^>]* name="([^"]+)"/g)].map(([, name]) => name));
		expect(names.size).toBeLessThan(1_000);
		expect(html).toContain('250 more rows appear once these are decided');
	});

	it('says nothing of anyone where the link is not known', () => {
		expect(plainPage('unknown')).toMatchObject({ status: 404, html: expect.stringContaining('This link is not valid') });
		expect(plainPage('tooLarge').status).toBe(413);
	});
});

describe('the receipt', () => {
	const parts = { review: review(), rows: [row(1), row(2)], key: 'k', reviewer: 'mia@x.example', now: NOW };
	const accepted = [1, 2].map((id) => ({ row: row(id), action: 'lowerRole' as const, comment: '' }));

	it('says what is on record, and what someone else had decided', () => {
		const { page: shown, mail } = receiptOf(parts, { accepted, refused: [] }, [decided(1, 'lowerRole')]);
		expect(shown.status).toBe(200);
		expect(shown.html).toContain('One decision is on record');
		expect(shown.html).toContain('1 had been decided by someone else in the same moment');
		expect(shown.html).not.toContain('name="d2"');
		expect(mail).toMatchObject({ to: 'mia@x.example', decisions: 'one decision', list: '- p1@x.example, G: lower the role to restricted member' });
	});

	it('is no mail where nothing was stored', () => {
		expect(receiptOf(parts, { accepted: [], refused: [] }, [])).toMatchObject({ page: { status: 200, html: expect.stringContaining('You have not decided anything') } });
		const refused = receiptOf(parts, { accepted: [], refused: ['Too late.'] }, []);
		expect(refused.page.status).toBe(409);
		expect(refused.mail).toBeUndefined();
	});
});
