import { z } from 'zod';

import { employmentStateOf as ofSource } from './sourceCode.mts';

const employmentStateSchema = z.object({
	active: z.boolean(),
	status: z.string(),
	statusWord: z.string().optional(),
	explanation: z.string().optional(),
});

/** employmentState() of a directory source, without n8n. */
function employmentStateOf(source: string) {
	const made = ofSource(source);
	return (about: unknown, ownWords: Record<string, string> = {}) =>
		employmentStateSchema.parse(made(about, ownWords));
}

describe('Okta', () => {
	const employmentState = employmentStateOf('okta');

	it.each([
		['STAGED', 'notStarted'],
		['PROVISIONED', 'active'],
		['ACTIVE', 'active'],
		['RECOVERY', 'active'],
		['PASSWORD_EXPIRED', 'active'],
		['LOCKED_OUT', 'active'],
		['SUSPENDED', 'suspended'],
		['DEPROVISIONED', 'inactive'],
		['PARKED', 'unknown'],
		['', 'unknown'],
		[undefined, 'unknown'],
	])('the status %p means %s', (word, status) => {
		expect(employmentState(word)).toMatchObject({ status, active: status !== 'inactive' });
	});

	it('explains what a person must know, and nothing else', () => {
		expect(employmentState('SUSPENDED').explanation).toContain('Okta says "SUSPENDED"');
		expect(employmentState('PARKED').explanation).toContain('A person must look');
		expect(employmentState('LOCKED_OUT')).not.toHaveProperty('explanation', expect.any(String));
	});

	it("takes the company's own words", () => {
		expect(employmentState('SUSPENDED', { Suspended: 'inactive' })).toMatchObject({ active: false });
		expect(() => employmentState('SUSPENDED', { Suspended: 'gone' })).toThrow(/"gone" in ownWords/);
	});
});

describe('OneLogin', () => {
	const employmentState = employmentStateOf('onelogin');

	it.each([
		[0, 'notStarted', 'Unactivated'],
		[1, 'active', 'Active'],
		[2, 'suspended', 'Suspended'],
		[3, 'active', 'Locked'],
		[4, 'active', 'Password expired'],
		[5, 'active', 'Awaiting password reset'],
		[6, 'unknown', 'number 6'],
		[7, 'active', 'Password pending'],
		[8, 'active', 'Security questions required'],
		[null, 'unknown', 'number missing'],
	])('the status %p of a person approved means %s', (status, meaning, statusWord) => {
		expect(employmentState({ status, state: 1 })).toMatchObject({ active: true, status: meaning, statusWord });
	});

	it.each([
		[0, 'notStarted', 'Active, Unapproved'],
		[2, 'suspended', 'Active, Rejected'],
		[3, 'suspended', 'Active, Unlicensed'],
		[9, 'unknown', 'Active, number 9'],
		[undefined, 'active', 'Active'],
	])('the state %p of a person active means %s', (state, meaning, statusWord) => {
		expect(employmentState({ status: 1, state })).toMatchObject({ active: true, status: meaning, statusWord });
	});

	it('never makes more of a person suspended than that', () => {
		expect(employmentState({ status: 2, state: 0 })).toMatchObject({ status: 'suspended' });
	});

	it("takes the company's own words, for either number", () => {
		const left = { active: false, status: 'inactive' };

		expect(employmentState({ status: 2, state: 1 }, { Suspended: 'inactive' })).toMatchObject(left);
		expect(employmentState({ status: 2, state: 3 }, { Suspended: 'inactive' })).toMatchObject(left);
		expect(employmentState({ status: 1, state: 3 }, { Unlicensed: 'inactive' })).toMatchObject(left);
		expect(employmentState({ status: 2, state: 3 }, { Unlicensed: 'inactive' })).toMatchObject(left);
		expect(employmentState({ status: 1, state: 1 }, { Unlicensed: 'inactive' })).toMatchObject({ active: true });
	});
});

describe('JumpCloud', () => {
	const employmentState = employmentStateOf('jumpcloud');
	const active = { state: 'ACTIVATED', activated: true, suspended: false, account_locked: false };

	it.each([
		['active', {}, 'active', 'ACTIVATED'],
		['staged', { state: 'STAGED', activated: false }, 'notStarted', 'STAGED'],
		['suspended', { state: 'SUSPENDED', suspended: true }, 'suspended', 'SUSPENDED'],
		['suspended by its mark alone', { suspended: true }, 'suspended', 'SUSPENDED'],
		['suspended by its state alone', { state: 'SUSPENDED' }, 'suspended', 'SUSPENDED'],
		['locked', { account_locked: true }, 'active', 'LOCKED OUT'],
		['locked and suspended', { account_locked: true, suspended: true }, 'suspended', 'SUSPENDED'],
		['without a password', { activated: false }, 'active', 'PASSWORD PENDING'],
		['in a state that no one knows', { state: 'PARKED' }, 'unknown', 'PARKED'],
		['an older record', { state: undefined }, 'active', 'ACTIVATED'],
	])('an account that is %s is told so', (_case, marks, status, statusWord) => {
		expect(employmentState({ ...active, ...marks })).toMatchObject({ active: true, status, statusWord });
	});

	it('is not told by a record without marks', () => {
		expect(employmentState({})).toMatchObject({ active: true, status: 'unknown' });
	});

	it("takes the company's own words", () => {
		expect(employmentState({ ...active, suspended: true }, { suspended: 'inactive' })).toMatchObject({
			active: false,
			status: 'inactive',
		});
	});
});
