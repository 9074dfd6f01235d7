import fc from 'fast-check';

import type { PlanItem } from '../../../lib/directory/plan/planItem.ts';
import { digest, planDigest, sealerOf } from '../../../lib/directory/plan/seal.ts';

const BASE_URL = 'https://api.notion.com/scim/v2';
const token = (name: string): string => `token of ${name}`;
const sealer = sealerOf(BASE_URL, token('one'));

const line: Omit<PlanItem, 'seal'> = {
	action: 'user.remove',
	target: {
		type: 'user',
		id: 'u-1',
		email: 'ada@example.com',
		displayName: 'Ada',
		source: 'entra',
		sourceId: 'a-1',
	},
	member: null,
	changes: [{ attribute: 'title', from: null, to: 'Countess' }],
	reason: 'inactive',
	explanation: 'Ada has left.',
	guard: 'ok',
	impact: 1,
	precondition: { userName: 'ada@example.com', role: 'member', active: true },
	planDigest: 'd',
	workspace: sealer.workspace,
	policyDigest: 'p',
	plannedAt: '2026-03-01T08:00:00.000Z',
	expiresAt: '2026-03-02T08:00:00.000Z',
};
const sealed: PlanItem = { ...line, seal: sealer.seal(line) };

test('a line that was stored as JSON with its keys in another order is genuine', () => {
	const { target, action, ...others } = sealed;
	expect(sealer.isGenuine({ ...others, target: { ...target }, action })).toBe(true);
	expect(sealer.isGenuine(JSON.parse(JSON.stringify(sealed)))).toBe(true);
});

test('a line with anything altered in it is not genuine', () => {
	const paths = Object.keys(line);
	fc.assert(
		fc.property(fc.constantFrom(...paths), fc.jsonValue(), (key, value) => {
			const altered = { ...sealed, [key]: value };
			fc.pre(JSON.stringify(altered) !== JSON.stringify(sealed));
			expect(sealer.isGenuine(altered)).toBe(false);
		}),
	);
	expect(sealer.isGenuine({ ...sealed, precondition: { ...sealed.precondition, role: 'owner' } })).toBe(false);
});

test.each(['', 'x', sealed.seal.slice(1), `${sealed.seal}0`, sealed.seal.toUpperCase(), 'ü'.repeat(64)])(
	'a signature that is not the right one is refused and never fails: %#',
	(seal) => {
		expect(sealer.isGenuine({ ...sealed, seal })).toBe(false);
	},
);

test('another token or another address is another workspace, and its lines are not genuine', () => {
	for (const other of [sealerOf(BASE_URL, token('two')), sealerOf('https://other.example/scim/v2', token('one'))]) {
		expect(other.workspace).not.toBe(sealer.workspace);
		expect(other.isGenuine(sealed)).toBe(false);
	}
	expect(sealerOf(BASE_URL, token('one')).isGenuine(sealed)).toBe(true);
});

test('the token is in nothing that comes out', () => {
	const text = JSON.stringify({ ...sealed, workspace: sealer.workspace });
	expect(text).not.toContain(token('one'));
	expect(sealer.workspace).toMatch(/^[0-9a-f]{16}$/);
});

test('the digest of a plan does not depend on the order of its lines, and depends on each of them', () => {
	const about = { workspace: 'w', policyDigest: 'p', plannedAt: '2026-03-01T08:00:00.000Z' };
	const other = { ...line, impact: 2 };
	expect(planDigest([line, other], about)).toBe(planDigest([other, line], about));
	expect(planDigest([line], about)).not.toBe(planDigest([line, other], about));
	expect(planDigest([line, line], about)).not.toBe(planDigest([line], about));
	expect(planDigest([line], { ...about, workspace: 'v' })).not.toBe(planDigest([line], about));
});

test('a digest is the SHA-256 of the JSON with sorted keys', () => {
	// printf '{"a":[1,"x"],"b":null}' | sha256sum
	expect(digest({ b: null, a: [1, 'x'] })).toBe(
		'854ef06dc57f5dfed10206344ab2d02e0b6c84b0e19436703a5afd0f1f9f2687',
	);
});
