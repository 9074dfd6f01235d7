import { receive, type Reception } from '../../../hris-trigger/lib/reception';
import { providers } from '../../../hris-trigger/lib/providers';
import { type Sample, BODY, delivery, KEY, samples, SIGNED_AT } from './samples.mts';

const settings = { timeZone: 'Europe/Berlin', includeRaw: false };

describe.each(providers.map((provider) => [provider.title, provider] as const))('%s', (_, provider) => {
	const known = samples[provider.name];
	if (known === undefined) throw new Error(`There is no sample for ${provider.name}`);
	const sample: Sample = known;

	const verification = (
		headers: Sample['headers'] = sample.headers,
		{ body = BODY, secret = sample.secret, at = SIGNED_AT } = {},
	) => provider.verify(delivery(headers, body), secret, at * 1_000);

	const reception = (
		headers: Sample['headers'] = sample.headers,
		{ body = BODY, secret = sample.secret, at = SIGNED_AT } = {},
	): Reception => receive(delivery(headers, body), { provider, secret }, settings, at * 1_000);

	const refusedWith = (status: number) => expect.objectContaining({ type: 'refused', status });

	const withProof = (value: string): Sample['headers'] =>
		sample.headers.map(([name, old]) => [name, name === sample.proof ? value : old]);

	it('accepts what the system sends', () => {
		expect(verification()).toBe('genuine');
	});

	it('reads header names in any case', () => {
		expect(verification(sample.headers.map(([name, value]) => [name.toUpperCase(), value]))).toBe('genuine');
	});

	it('calls its secret well formed', () => {
		expect(provider.problemOfSecret(sample.secret)).toBeUndefined();
	});

	if (sample.coversBody) {
		it.each([
			['altered', '{"type":"employee.created","n":2}'],
			['re-serialised', '{ "type": "employee.created", "n": 1 }'],
			['reordered', '{"n":1,"type":"employee.created"}'],
			['extended', `${BODY}\n`],
			['emptied', ''],
		])('refuses a body that was %s', (_change, body) => {
			expect(verification(sample.headers, { body })).toBe('forged');
			expect(reception(sample.headers, { body })).toEqual(refusedWith(401));
		});
	}

	it.each(sample.headers.map(([name]) => name))('refuses without, with a second or an empty %s', (name) => {
		const without = sample.headers.filter(([other]) => other !== name);
		const itself = sample.headers.filter(([other]) => other === name);
		const empty = sample.headers.map(([other, value]) => [other, other === name ? '' : value] as const);

		expect(verification(without)).toBe('forged');
		expect(verification([...sample.headers, ...itself])).toBe('forged');
		expect(verification([...sample.headers, [name.toLowerCase(), 'another']])).toBe('forged');
		expect(verification([[name, 'another'], ...sample.headers])).toBe('forged');
		expect(verification(empty)).toBe('forged');
		expect(reception(without)).toEqual(refusedWith(401));
	});

	it('refuses another secret', () => {
		const secret = sample.secret.startsWith('whsec_')
			? 'whsec_dGVzdC1zZWNyZXQtMDEyMzQ1Njc4OA=='
			: sample.hasWindow
				? 'dGVzdC1zZWNyZXQtMDEyMzQ1Njc4OA=='
				: 'test-secret-0123456788';
		expect(verification(sample.headers, { secret })).toBe('forged');
		expect(reception(sample.headers, { secret })).toEqual(refusedWith(401));
	});

	it('refuses everything, as our own trouble, while no secret is stored', () => {
		const refusal = reception(sample.headers, { secret: '' });
		expect(refusal).toEqual(refusedWith(503));
		expect(refusal).toHaveProperty('reason', expect.stringContaining('has no secret'));
	});

	it.each(sample.otherForms)('refuses the same digest written as %s', (form) => {
		expect(verification(withProof(form))).toBe('forged');
	});

	it.each(Object.keys(samples).filter((name) => name !== provider.name))('refuses what %s sends', (name) => {
		expect(verification(samples[name]?.headers)).toBe('forged');
		expect(reception(samples[name]?.headers)).toEqual(refusedWith(401));
	});

	it('says of no secret and of no delivery what is in it', () => {
		const said = [
			reception([]),
			reception(sample.headers, { secret: ` ${sample.secret}` }),
			reception(sample.headers, { secret: 'short' }),
			reception(sample.headers, { secret: `${sample.secret}\n` }),
		];
		expect(said).toEqual(said.map(() => expect.objectContaining({ type: 'refused' })));
		for (const part of [sample.secret, KEY, BODY, 'short']) {
			expect(JSON.stringify(said)).not.toContain(`${part}"`);
			expect(JSON.stringify(said)).not.toContain(sample.secret);
		}
	});

	if (sample.hasWindow) {
		it.each([-300, 0, 300])('accepts a time %d s from the clock', (offset) => {
			expect(verification(sample.headers, { at: SIGNED_AT + offset })).toBe('genuine');
		});

		it.each([
			['stale', 301],
			['from the future', -301],
			['of last year', 31_536_000],
		])('tells a good signature that is %s from a forged one', (_when, offset) => {
			const at = SIGNED_AT + offset;
			expect(verification(sample.headers, { at })).toBe('outsideWindow');
			expect(verification(withProof('v1,x'), { at })).toBe('forged');
			const refusal = reception(sample.headers, { at });
			expect(refusal).toEqual(refusedWith(401));
			expect(refusal).toHaveProperty('reason', expect.stringContaining('signature is valid'));
		});

		it.each(['1700000000.5', '17e8', '+1700000000', '0x6553f100', 'NaN', ' 1700000000'])(
			'refuses the time %s',
			(time) => {
				const headers = sample.headers.map(
					([name, value]) => [name, value === '1700000000' ? time : value] as const,
				);
				expect(verification(headers)).toBe('forged');
			},
		);

		it('accepts one good signature among several', () => {
			const good = sample.headers.find(([name]) => name === sample.proof)?.[1] ?? '';
			expect(verification(withProof(`v1,old v1a,${'x'.repeat(44)} ${good}`))).toBe('genuine');
			expect(verification(withProof('v1,old v1,older'))).toBe('forged');
		});
	}
});

describe('BambooHR', () => {
	it('signs the time: another one makes the signature forged, an old one does not', () => {
		const [bambooHr] = providers.filter(({ name }) => name === 'bamboohr');
		const headers = samples['bamboohr']?.headers ?? [];
		const later = headers.map(([name, value]) => [name, value.replace('1700000000', '1700000001')] as const);

		expect(bambooHr?.verify(delivery(later), KEY, SIGNED_AT * 1_000)).toBe('forged');
		expect(bambooHr?.verify(delivery(headers), KEY, (SIGNED_AT + 9_300) * 1_000)).toBe('genuine');
	});
});

describe('Merge', () => {
	it('is believed with and without padding', () => {
		const [merge] = providers.filter(({ name }) => name === 'merge');
		const bare = '3ZSvR42muj-74g-7rLq7xhzbutejOUkQLf45WN6FH70';
		const headers = [['X-Merge-Webhook-Signature', bare]] as const;
		expect(merge?.verify(delivery(headers), KEY, 0)).toBe('genuine');
	});
});
