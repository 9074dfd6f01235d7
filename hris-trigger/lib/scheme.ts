import type { Delivery } from './delivery';
import type { VendorEvent } from './vendorEvent';
import type { Words } from './words';

/**
 * `outsideWindow`: the signature is good, but the time that it covers is too long ago or ahead. That is
 * a replay, or a clock that is wrong; a forgery it is not.
 */
export type Verdict = 'genuine' | 'forged' | 'outsideWindow';

/** What a system sends while it is being connected. Nothing has happened to anybody. */
export type SetUp =
	| { type: 'ping' }
	| { type: 'verificationToken'; token: string };

/** How one system proves its deliveries, and what they say. */
export interface Scheme {
	/** As the credential's `scheme` and the event's `source` have it. */
	name: string;
	/** As people know it. */
	title: string;
	/** `token`: anybody who has seen one delivery can make another, so the HRIS must be read again. */
	authenticity: 'signed' | 'token';
	/** In the credential: what to enter as the secret. */
	secretHint: string;
	/** What its words mean. */
	words: Words;
	/** @returns a sentence that says what is wrong with the secret and repeats none of it */
	problemOfSecret(secret: string): string | undefined;
	/**
	 * @param secret one without a problem
	 * @param now milliseconds since 1970
	 */
	verdictOn(delivery: Delivery, secret: string, now: number): Verdict;
	/** Recognised before any signature is looked at, because none is there yet. */
	setUpIn?(body: string): SetUp | undefined;
	/**
	 * The calendar date that this system means by what it wrote; by default as `calendarDate.ts` reads it.
	 *
	 * @param timeZone IANA name of the employee's zone, otherwise of the company's
	 */
	dateIn?(written: string, timeZone: string): string | undefined;
	/** @returns undefined where the body is not what this system sends */
	eventsIn(payload: unknown, delivery: Delivery): VendorEvent[] | undefined;
}
