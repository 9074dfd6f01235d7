import type { Delivery } from '../../../hris-trigger/lib/delivery';
import { receive } from '../../../hris-trigger/lib/reception';
import type { Provider } from '../../../hris-trigger/lib/provider';
import { providers } from '../../../hris-trigger/lib/providers';
import { BODY, delivery, type Sample, samples, SIGNED_AT } from './samples.mts';

const FORGERIES = 100_000;
const SEED = 20_260_131;

const settings = { timeZone: 'Europe/Berlin', includeRaw: true };

/** Mulberry32: the same numbers in every run, so that a failure can be found again. */
function randomNumbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

const random = randomNumbers(SEED);
const below = (limit: number): number => Math.floor(random() * limit);
const oneOf = <Value,>(values: readonly Value[]): Value => {
	const value = values[below(values.length)];
	if (value === undefined) throw new Error('There is nothing to choose from');
	return value;
};

const bytes = (length: number): Buffer => Buffer.from(Array.from({ length }, () => below(256)));

/** Header values of all sorts: bytes above ASCII arrive as Latin-1. */
const anyValue = (): string =>
	oneOf([
		() => '',
		() => bytes(below(80)).toString('latin1'),
		() => bytes(32).toString('hex'),
		() => bytes(oneOf([32, 64])).toString('base64'),
		() => `v1,${bytes(32).toString('base64')} v1,${bytes(32).toString('base64')}`,
		() => 'x'.repeat(below(9_000)),
		() => String(SIGNED_AT + below(600) - 300),
		() => '\u{1f511}'.repeat(below(20)),
		() => '__proto__',
	])();

const anyBody = (): Buffer =>
	oneOf([
		() => Buffer.alloc(0),
		() => bytes(below(200)),
		() => Buffer.from(BODY.slice(0, below(BODY.length))),
		() => Buffer.from('['.repeat(below(3_000))),
		() => Buffer.from('{"__proto__":{"kind":"left"},"employees":[null]}'),
		() => Buffer.from('{"type":"employee.left","data":{"employeeId":"1"}}'),
	])();

function withOneCharacterChanged(value: string): string {
	const at = below(value.length);
	const code = value.charCodeAt(at) ^ (1 << below(7));
	return value.slice(0, at) + String.fromCharCode(code) + value.slice(at + 1);
}

function withOneBitChanged(body: string): Buffer {
	const changed = Buffer.from(body);
	const at = below(changed.length);
	changed[at] = (changed[at] ?? 0) ^ (1 << below(8));
	return changed;
}

/** Everything that is changed here is covered by the proof of the system. */
function forgery({ headers, coversBody }: Sample): Delivery {
	const changed = below(headers.length);
	const change = (alter: (value: string) => string) =>
		headers.map(([name, value], index) => [name, index === changed ? alter(value) : value] as const);
	const [name] = headers[changed] ?? [''];
	const ways = [
		() => delivery(change(withOneCharacterChanged)),
		() => delivery(change(anyValue)),
		() => delivery(change(anyValue), anyBody()),
		() => delivery(headers.filter((_, index) => index !== changed)),
		() => delivery([...headers, [name, anyValue()]]),
		() => delivery([[name.toLowerCase(), anyValue()], ...headers]),
		() => delivery(change((value) => value.slice(0, below(value.length - 1)))),
		() => ({ rawHeaders: [...change(anyValue).flat(), 'odd'], body: anyBody() }),
		...(coversBody
			? [() => delivery(headers, withOneBitChanged(BODY)), () => delivery(headers, anyBody())]
			: []),
	];
	return oneOf(ways)();
}

describe('forged deliveries', () => {
	it(`are refused, all ${FORGERIES} of them, none makes a scheme throw or stays in memory`, () => {
		const believed: string[] = [];
		const tried = new Map<string, number>();
		const heap: number[] = [];
		for (let count = 0; count < FORGERIES; count += 1) {
			const provider: Provider = oneOf(providers);
			const sample = samples[provider.name];
			if (sample === undefined) throw new Error(`There is no sample for ${provider.name}`);
			const forged = forgery(sample);
			tried.set(provider.name, (tried.get(provider.name) ?? 0) + 1);

			const verification = provider.verify(forged, sample.secret, SIGNED_AT * 1_000);
			const reception = receive(forged, { provider, secret: sample.secret }, settings, SIGNED_AT * 1_000);

			if (count % 250 === 0) heap.push(process.memoryUsage().heapUsed);
			const isRefused = reception.type === 'refused' && reception.status === 401;
			if (verification !== 'forged' || !isRefused) {
				believed.push(`${provider.name}: ${JSON.stringify(forged.rawHeaders)} ${forged.body}`);
			}
		}
		expect(believed).toEqual([]);
		// The heap rises and falls with each collection: the lowest points are what is kept.
		const half = heap.length / 2;
		const [early, late] = [Math.min(...heap.slice(20, half)), Math.min(...heap.slice(half))];
		expect(late / early).toBeLessThan(1.1);
		expect([...tried.keys()].sort()).toEqual(providers.map(({ name }) => name).sort());
	}, 60_000);
});
