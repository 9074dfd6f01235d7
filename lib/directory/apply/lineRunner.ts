import type { Clock } from '../../scim/clock';
import { Lanes } from '../../scim/lanes';
import { ScimError } from '../../scim/scimError';
import type { ApplyOutcome, LineResult } from './applyResult';
import { concernsAllLines, outcomeOf } from './applyResult';
import type { PlanItem } from '../plan/planItem';

/** The result of a line that neither removed nor added anything. */
export interface Answer {
	outcome: ApplyOutcome;
	/** Whole sentences. */
	note: string;
	userId?: string | undefined;
	groupId?: string | undefined;
}

/** What is reserved for a line, after everything about it was found right. */
export interface Booking {
	impact: number;
	seats: 0 | 1;
}

/** What is then to be done. */
export interface Deed extends Booking {
	/** @throws ScimError */
	act(): Promise<Answer>;
}

/** A line with what is reserved for it. */
export interface Booked<T extends Booking> {
	line: PlanItem;
	booking: T;
}

/** The limits on removals and seats; everything that one execution does shares them. */
export interface ApplyLimits {
	/** @throws ScimError `limitReached`; then nothing is reserved */
	bookRemovals(impact: number): Promise<void>;
	/** For what was certainly not done. */
	releaseRemovals(impact: number): void;
	/** @throws ScimError `limitReached`; then nothing is reserved */
	bookSeat(): Promise<void>;
	releaseSeat(): void;
}

/** More than the rate limiter allows at a time; it alone decides how many requests are in flight. */
const AT_ONCE = 16;

/**
 * Takes lines through their steps: all are checked side by side, then reserved in their order, then done
 * side by side. A line that fails never stops another, unless no other can fare better.
 */
export class LineRunner {
	readonly results = new Map<PlanItem, LineResult>();
	/** What may have been sent to Notion. */
	private readonly begun = new Map<PlanItem, Booking>();
	private readonly lanes = new Lanes(AT_ONCE);
	/** Why nothing further is tried. */
	private ended: ScimError | undefined;

	constructor(
		private readonly limits: ApplyLimits,
		private readonly clock: Pick<Clock, 'now'>,
	) {}

	/** @throws ScimError `cancelled` */
	async run(lines: PlanItem[], check: (line: PlanItem) => Promise<Answer | Deed>): Promise<void> {
		// Two lines about one target must not race.
		const byTarget = new Map<string, Array<Booked<Deed>>>();
		for (const booked of await this.book(lines, check)) append(byTarget, targetKey(booked.line), booked);
		await settled(
			[...byTarget.values()].map(async (ofTarget) => {
				for (const { line, booking } of ofTarget) {
					const answer = await this.lane(line, async () => await booking.act(), booking);
					if (answer) this.settle(line, answer, booking);
				}
			}),
		);
	}

	/**
	 * Checks lines side by side, then reserves them in their order, so that it is always the last ones that
	 * are held.
	 *
	 * @returns what is left to do; every other line has its result
	 */
	async book<T extends Booking>(
		lines: PlanItem[],
		check: (line: PlanItem) => Promise<Answer | T>,
	): Promise<Array<Booked<T>>> {
		const checked = await settled(
			lines.map(async (line): Promise<Array<Booked<T>>> => {
				const found = await this.lane(line, async () => await check(line));
				if (found === undefined) return [];
				if (!('outcome' in found)) return [{ line, booking: found }];
				this.settle(line, found);
				return [];
			}),
		);
		const booked: Array<Booked<T>> = [];
		for (const { line, booking } of checked.flat()) {
			const isBooked = await this.lane(line, async () => {
				if (booking.impact > 0) await this.limits.bookRemovals(booking.impact);
				if (booking.seats > 0) await this.limits.bookSeat();
				return true;
			});
			if (isBooked) booked.push({ line, booking });
		}
		return booked;
	}

	/**
	 * Work on a line; where it fails, that is the line's result.
	 *
	 * @param booking what was reserved for it, where the work is to do it
	 * @throws ScimError `cancelled`
	 */
	async lane<T>(line: PlanItem, work: () => Promise<T>, booking?: Booking): Promise<T | undefined> {
		try {
			return await this.lanes.run(async () => {
				if (this.ended) throw this.ended;
				if (booking) this.begin(line, booking);
				return await work();
			});
		} catch (error) {
			const failure = error instanceof ScimError ? error : defect(error);
			if (failure.kind === 'cancelled') {
				this.ended = failure;
				return await Promise.reject(failure);
			}
			if (failure === this.ended && !this.begun.has(line)) this.notTried(line, booking);
			else this.fail(line, failure, booking);
			return undefined;
		}
	}

	/** From now on, the outcome of a line is unknown until it has its result. */
	begin(line: PlanItem, booking: Booking): void {
		this.begun.set(line, booking);
	}

	/** Why nothing further is tried; undefined while everything goes on. */
	get end(): ScimError | undefined {
		return this.ended;
	}

	/** @param booking what was reserved for it */
	notTried(line: PlanItem, booking?: Booking): void {
		this.release(booking);
		this.record(line, { outcome: 'notTried', note: `Not tried: ${this.ended?.message ?? ''}` });
	}

	/** The result of a line, also where a cancelled execution did not come to it, or not to its end. */
	resultOf(line: PlanItem): LineResult {
		const result = this.results.get(line);
		if (result) return result;
		const booking = this.begun.get(line);
		this.record(
			line,
			booking
				? { outcome: 'notVerified', note: 'The execution was canceled while this was under way.' }
				: { outcome: 'notTried', note: 'Not tried: the execution was canceled before.' },
			booking,
		);
		return this.resultOf(line);
	}

	/** @param booking what was reserved for it */
	fail(line: PlanItem, error: ScimError, booking?: Booking): void {
		if (concernsAllLines(error)) this.ended ??= error;
		const outcome = outcomeOf(error);
		// After such a failure it may have been done: a limit errs on the safe side.
		if (this.begun.has(line) && outcome === 'failed' && !isNothingDone(error)) {
			const note = `It was sent, and its outcome could not be seen. ${error.message}`;
			this.record(line, { outcome: 'notVerified', note }, booking, error);
			return;
		}
		if (isNothingDone(error)) this.release(booking);
		this.record(line, { outcome, note: error.message }, booking, error);
	}

	/** @param booking what was reserved for it */
	settle(line: PlanItem, answer: Answer, booking?: Booking): void {
		if (answer.outcome === 'unchanged') this.release(booking);
		this.record(line, answer, booking);
	}

	private release(booking: Booking | undefined): void {
		if (booking && booking.impact > 0) this.limits.releaseRemovals(booking.impact);
		if (booking && booking.seats > 0) this.limits.releaseSeat();
	}

	private record(line: PlanItem, answer: Answer, booking?: Booking, error?: ScimError): void {
		const { outcome, note, userId, groupId } = answer;
		const mayBeDone = outcome === 'done' || outcome === 'notVerified';
		const { target, member } = line;
		this.results.set(line, {
			outcome,
			note,
			userId: userId ?? (target.type === 'user' ? target.id : (member?.id ?? null)),
			groupId: groupId ?? (target.type === 'group' ? target.id : null),
			impact: mayBeDone ? (booking?.impact ?? 0) : 0,
			// A person who was added, but not as asked, has a seat all the same.
			seats: mayBeDone || outcome === 'notTaken' ? (booking?.seats ?? 0) : 0,
			at: new Date(this.clock.now()).toISOString(),
			...(error ? { error } : {}),
		});
	}
}

/** Whether it is certain that nothing was done, or was seen. */
function isNothingDone({ kind, isNothingDone: wasSeen }: ScimError): boolean {
	return wasSeen || kind === 'refused' || kind === 'emailTaken';
}

/** A line that meets a defect must not take the results of all others with it. */
function defect(error: unknown): ScimError {
	return new ScimError(
		'unexpectedAnswer',
		`Something unexpected happened: ${error instanceof Error ? error.message : String(error)}`,
		'This is a defect of the node. Please report it with this line of the plan.',
	);
}

/** Waits for all, so that nothing goes on unseen after one has failed. */
export async function settled<T>(work: Array<Promise<T>>): Promise<T[]> {
	const outcomes = await Promise.allSettled(work);
	return outcomes.map((outcome) => {
		if (outcome.status === 'fulfilled') return outcome.value;
		throw outcome.reason;
	});
}

function targetKey({ target }: PlanItem): string {
	if (target.id !== null) return target.id;
	return target.type === 'user' ? `email ${target.email}` : `name ${target.displayName}`;
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
	const values = map.get(key);
	if (values) values.push(value);
	else map.set(key, [value]);
}
