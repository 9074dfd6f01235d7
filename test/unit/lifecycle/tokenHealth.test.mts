import type { TokenCheckInputs, TokenClassification, TokenReading } from '../../../lib/lifecycle/tokenHealth.ts';
import { classifyToken, tokenCheck } from '../../../lib/lifecycle/tokenHealth.ts';

const NOW = Date.parse('2026-02-03T10:00:00Z');

const user = (role: string | undefined): TokenReading => ({
	user: { id: '1', userName: 'owner@example.com', active: true, role, attributes: {}, resource: {} },
});
const noOne: TokenReading = { user: undefined };
const failed = (kind: string | undefined): TokenReading => ({ failure: { kind, text: 'Words.' } });

describe('what an answer says about the token', () => {
	it.each<[string, TokenReading, string, string]>([
		['a user', user('member'), '', 'ok'],
		['the creator', user('owner'), 'owner@example.com', 'ok'],
		['the creator without a role', user(undefined), 'owner@example.com', 'ok'],
		['a creator who is a member now', user('member'), 'owner@example.com', 'creatorChanged'],
		['no one of that address', noOne, 'owner@example.com', 'creatorGone'],
		['no one at all', noOne, '', 'empty'],
		['401', failed('tokenRejected'), '', 'rejected'],
		['403', failed('refused'), '', 'rejected'],
		['no connection', failed('network'), '', 'silent'],
		['500', failed('serverError'), '', 'silent'],
		['409 for good', failed('conflict'), '', 'silent'],
		['two people of that address', failed('ambiguous'), 'owner@example.com', 'failed'],
		['a defect', failed(undefined), '', 'failed'],
	])('%s', (_case, reading, creator, state) => {
		expect(classifyToken(reading, creator)).toMatchObject({ state });
	});
});

describe('what is stored and told', () => {
	const rejected: TokenClassification = { state: 'rejected', message: 'No.' };
	const good: TokenClassification = { state: 'ok', message: '' };
	const check = (hours: number, state: string, alerted = false) => ({
		id: hours,
		kind: 'tokenCheck',
		state,
		at: new Date(NOW - hours * 3_600_000).toISOString(),
		details: alerted ? '{"alerted":true}' : '',
	});
	const told = (found: TokenClassification, ...earlier: TokenCheckInputs['earlier']) =>
		tokenCheck(found, { earlier, repeatHours: 24, workflow: { id: 'w1', name: 'Token health' }, execution: '7', now: NOW });

	it.each([
		['the first time', []],
		['a day later', [check(25, 'rejected', true), check(1, 'rejected')]],
		['again after it had worked', [check(3, 'rejected', true), check(2, 'ok')]],
		['after another trouble', [check(1, 'silent', true)]],
		['where rows are no checks', [{}, { ...check(1, 'rejected', true), kind: 'shownList' }]],
	])('trouble: %s', (_case, earlier) => {
		expect(told(rejected, ...earlier)).toEqual({
			alert: { key: 'token-health: Notion rejects the token', text: expect.stringContaining('No.\nReplace the token in this order') },
			row: expect.objectContaining({
				kind: 'tokenCheck',
				key: 'w1',
				workflow: 'Token health',
				execution: '7',
				state: 'rejected',
				at: '2026-02-03T10:00:00.000Z',
				note: 'No.',
				details: '{"alerted":true}',
			}),
		});
	});

	it('no trouble that was told within the day', () => {
		const { row, alert } = told(rejected, check(1, 'rejected'), check(23, 'rejected', true));
		expect([alert, row.details]).toEqual([undefined, '']);
	});

	it('that it works again, once, and since when it did not', () => {
		const trouble = [check(9, 'ok'), check(2, 'silent', true), check(1, 'silent')];
		expect(told(good, ...trouble)).toMatchObject({
			row: { state: 'ok', details: '' },
			alert: {
				key: 'token-health: recovered',
				note: true,
				text: expect.stringContaining('From 2026-02-03T08:00:00.000Z until now it did not (Notion does not answer)'),
			},
		});
		expect(told(good, ...trouble, check(0.5, 'ok')).alert).toBeUndefined();
		expect(told(good).alert).toBeUndefined();
	});

	it('that a silent Notion is no reason for another token', () => {
		expect(told({ state: 'silent', message: 'No answer.' }).alert?.text).toContain('need not be replaced');
	});
});
