import type { Delivery } from './delivery';
import type { VendorEvent } from './vendorEvent';
import type { Words } from './words';

/**
 * `outsideWindow`: the signature is valid, but the time that it covers is too far in the past or future. That
 * is a replay, or a wrong clock, but not a forgery.
 */
export type Verification = 'genuine' | 'forged' | 'outsideWindow';

/** What a system sends while an admin connects it. Nothing has happened to anyone. */
export type SetUp =
	| { type: 'ping' }
	| { type: 'verificationToken'; token: string };

/** How one provider proves its deliveries, and what they mean. */
export interface Provider {
	/** As in the credential's `scheme` and the event's `source`. */
	name: string;
	/** The name that people use. */
	title: string;
	/** `token`: anyone who has seen one delivery can forge another, so the HRIS must be read again. */
	authenticity: 'signed' | 'token';
	/** In the credential: what to enter as the secret. */
	secretHint: string;
	/** The meaning of its words. */
	words: Words;
	/** @returns a sentence that describes the problem with the secret without repeating any of it */
	problemOfSecret(secret: string): string | undefined;
	/**
	 * @param secret one without a problem
	 * @param now milliseconds since 1970
	 */
	verify(delivery: Delivery, secret: string, now: number): Verification;
	/** Recognised before any signature is verified, because there is none yet. */
	setUpIn?(body: string): SetUp | undefined;
	/**
	 * The calendar date that this system means; by default as `calendarDate.ts` reads it.
	 * @param timeZone IANA name of the employee's zone, otherwise of the company's
	 */
	dateIn?(written: string, timeZone: string): string | undefined;
	/** @returns undefined if the body is not what this system sends */
	eventsIn(payload: unknown, delivery: Delivery): VendorEvent[] | undefined;
}
