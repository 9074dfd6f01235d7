import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const text = readFileSync(join('workflows', 'token-health', 'code', 'health.js'), 'utf8');
const load = (name: string): ((...values: unknown[]) => unknown) => new Function(`${text}\nreturn ${name};`)();

const verdictOn = load('verdictOn');
const outcomeOf = load('outcomeOf');

const NOW = Date.parse('2026-02-03T10:00:00Z');
const check = (hours: number, verdict: string, alarmed = false) => ({
	checkedAt: new Date(NOW - hours * 3_600_000).toISOString(),
	verdict,
	alarmed,
});
const failed = (kind: string) => ({ json: { error: 'Words.' }, error: { context: { kind } } });

describe('what an answer says about the token', () => {
	const OWNER = { id: '1', email: 'owner@example.com', role: 'owner' };

	it.each([
		['a user', { json: { ...OWNER, role: 'member' } }, '', 'ok'],
		['the creator', { json: OWNER }, 'owner@example.com', 'ok'],
		['the creator without a role', { json: { ...OWNER, role: undefined } }, 'owner@example.com', 'ok'],
		['a creator who is a member now', { json: { ...OWNER, role: 'member' } }, 'owner@example.com', 'creatorChanged'],
		['nobody of that address', { json: {} }, 'owner@example.com', 'creatorGone'],
		['nobody at all', { json: {} }, '', 'empty'],
		['401', failed('tokenRejected'), '', 'rejected'],
		['403', failed('refused'), '', 'rejected'],
		['no connection', failed('network'), '', 'silent'],
		['500', failed('serverError'), '', 'silent'],
		['409 for good', failed('conflict'), '', 'silent'],
		['a failure of the node itself', { json: { error: 'No credential.' } }, '', 'failed'],
	])('%s', (_case, item, creator, verdict) => {
		expect(verdictOn(item, creator)).toMatchObject({ verdict });
	});

	it('is not read from what a node that is switched off passed on', () => {
		expect(() => verdictOn({ json: check(1, 'ok') }, '')).toThrow('switched off');
	});
});

describe('what is told', () => {
	const rejected = { verdict: 'rejected', message: 'No.' };
	const told = (verdict: object, ...checks: object[]) => outcomeOf(verdict, checks, NOW, 24);

	it.each([
		['the first time', []],
		['a day later', [check(25, 'rejected', true), check(1, 'rejected')]],
		['again after it had worked', [check(3, 'rejected', true), check(2, 'ok')]],
		['after another trouble', [check(1, 'silent', true)]],
	])('trouble: %s', (_case, checks) => {
		expect(told(rejected, ...checks)).toMatchObject({
			alarm: { key: 'token-health: Notion rejects the token' },
			row: { alarmed: true, verdict: 'rejected' },
		});
	});

	it('no trouble that was told within the day', () => {
		expect(told(rejected, check(23, 'rejected', true), check(1, 'rejected'))).not.toHaveProperty('alarm');
	});

	it('that it works again, once, and since when it did not', () => {
		const good = { verdict: 'ok', message: '' };
		const trouble = [check(9, 'ok'), check(2, 'silent', true), check(1, 'silent')];
		expect(told(good, ...trouble)).toMatchObject({
			alarm: { note: true, text: expect.stringContaining('From 2026-02-03T08:00:00.000Z') },
		});
		expect(told(good, ...trouble, check(0.5, 'ok'))).not.toHaveProperty('alarm');
		expect(told(good)).not.toHaveProperty('alarm');
	});
});
