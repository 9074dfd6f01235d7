import type { Delivery } from './delivery';
import { type EventSettings, type HrisEvent, toHrisEvents } from './hrisEvent';
import type { Provider, Verification } from './provider';

/**
 * Maximum size in bytes. The sender of a set-up message is not authenticated yet, so only little of it is
 * read.
 */
const LONGEST_SET_UP = 4_096;

/** Which deliveries are trusted, and why. */
export interface Trust {
	provider: Provider;
	secret: string;
}

/** How to handle a delivery. */
export type Reception =
	| { type: 'events'; events: HrisEvent[] }
	| { type: 'ping' }
	| { type: 'verificationToken'; token: string }
	| {
			type: 'refused';
			/**
			 * 401: not from this system. 400: from it, but unreadable. 503: a problem of this server, where
			 * another attempt may help; some systems never repeat a delivery after a 4xx.
			 */
			status: 400 | 401 | 503;
			/** The reason for the log, without a secret and without any sent data. */
			reason: string;
	  };

/**
 * Verifies one delivery. Never throws.
 * @param now milliseconds since 1970
 */
export function receive(
	delivery: Delivery,
	trust: Trust,
	settings: EventSettings,
	now: number,
): Reception {
	try {
		return judged(delivery, trust, settings, now);
	} catch {
		return refused(503, 'it could not be processed');
	}
}

function judged(
	delivery: Delivery,
	{ provider, secret }: Trust,
	settings: EventSettings,
	now: number,
): Reception {
	const isShort = delivery.body.length <= LONGEST_SET_UP;
	const setUp = isShort ? provider.setUpIn?.(delivery.body.toString('utf8')) : undefined;
	// Anyone can post a token, so none is shown once the right one is known.
	const isTooLate = setUp?.type === 'verificationToken' && secret !== '';
	if (setUp !== undefined) return isTooLate ? { type: 'ping' } : setUp;

	const problem = provider.problemOfSecret(secret);
	if (problem !== undefined) return refused(503, `nothing can be verified. ${problem}`);

	const verification = provider.verify(delivery, secret, now);
	if (verification !== 'genuine') return refused(401, reasonFor(verification, provider));

	const payload = parsed(delivery.body);
	const events = payload === undefined ? undefined : provider.eventsIn(payload, delivery);
	if (events === undefined || events.length === 0) {
		return refused(400, `it is genuine, but its body is not what ${provider.title} sends as JSON`);
	}
	return { type: 'events', events: toHrisEvents(events, provider, delivery.body, settings, now) };
}

function refused(status: 400 | 401 | 503, reason: string): Reception {
	return { type: 'refused', status, reason };
}

function reasonFor(verification: Exclude<Verification, 'genuine'>, { title, authenticity }: Provider): string {
	if (verification === 'outsideWindow') {
		return 'its signature is valid, but its time differs from this clock by more than five minutes. Either it is a replay, or one of the two clocks is wrong';
	}
	const proof = authenticity === 'signed' ? 'signature' : 'token';
	return `it has no valid ${proof} of ${title}`;
}

/** @returns undefined if it is not JSON, or not UTF-8 */
function parsed(body: Buffer): unknown {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
