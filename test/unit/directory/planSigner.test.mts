import fc from 'fast-check';

import type { PlannedChange } from '../../../lib/directory/plan/plannedChange.ts';
import { digest, planDigest, planSignerOf } from '../../../lib/directory/plan/planSigner.ts';

const BASE_URL = 'https://api.notion.com/scim/v2';
const token = (name: string): string => `token of ${name}`;
const signer = planSignerOf(BASE_URL, token('one'));

const change: Omit<PlannedChange, 'signature'> = {
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
	workspace: signer.workspace,
	policyDigest: 'p',
	plannedAt: '2026-03-01T08:00:00.000Z',
	expiresAt: '2026-03-02T08:00:00.000Z',
};
const signed: PlannedChange = { ...change, signature: signer.sign(change) };

test('a change that was stored as JSON with its keys in another order is genuine', () => {
	const { target, action, ...others } = signed;
	expect(signer.isGenuine({ ...others, target: { ...target }, action })).toBe(true);
	expect(signer.isGenuine(JSON.parse(JSON.stringify(signed)))).toBe(true);
});

test('a change with anything altered in it is not genuine', () => {
	const paths = Object.keys(change);
	fc.assert(
		fc.property(fc.constantFrom(...paths), fc.jsonValue(), (key, value) => {
			const altered = { ...signed, [key]: value };
			fc.pre(JSON.stringify(altered) !== JSON.stringify(signed));
			expect(signer.isGenuine(altered)).toBe(false);
		}),
	);
	expect(signer.isGenuine({ ...signed, precondition: { ...signed.precondition, role: 'owner' } })).toBe(false);
});

test.each(['', 'x', signed.signature.slice(1), `${signed.signature}0`, signed.signature.toUpperCase(), 'ü'.repeat(64)])(
	'a signature that is not the right one is refused and never fails: %#',
	(signature) => {
		expect(signer.isGenuine({ ...signed, signature })).toBe(false);
	},
);

test('another token or another address is another workspace, and its changes are not genuine', () => {
	for (const other of [planSignerOf(BASE_URL, token('two')), planSignerOf('https://other.example/scim/v2', token('one'))]) {
		expect(other.workspace).not.toBe(signer.workspace);
		expect(other.isGenuine(signed)).toBe(false);
	}
	expect(planSignerOf(BASE_URL, token('one')).isGenuine(signed)).toBe(true);
});

test('the token is in nothing that comes out', () => {
	const text = JSON.stringify({ ...signed, workspace: signer.workspace });
	expect(text).not.toContain(token('one'));
	expect(signer.workspace).toMatch(/^[0-9a-f]{16}$/);
});

test('the digest of a plan does not depend on the order of its changes, and depends on each of them', () => {
	const about = { workspace: 'w', policyDigest: 'p', plannedAt: '2026-03-01T08:00:00.000Z' };
	const other = { ...change, impact: 2 };
	expect(planDigest([change, other], about)).toBe(planDigest([other, change], about));
	expect(planDigest([change], about)).not.toBe(planDigest([change, other], about));
	expect(planDigest([change, change], about)).not.toBe(planDigest([change], about));
	expect(planDigest([change], { ...about, workspace: 'v' })).not.toBe(planDigest([change], about));
});

test('a digest is the SHA-256 of the JSON with sorted keys', () => {
	// printf '{"a":[1,"x"],"b":null}' | sha256sum
	expect(digest({ b: null, a: [1, 'x'] })).toBe(
		'854ef06dc57f5dfed10206344ab2d02e0b6c84b0e19436703a5afd0f1f9f2687',
	);
});
