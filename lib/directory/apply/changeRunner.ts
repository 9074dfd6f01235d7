import type { Clock } from '../../scim/clock';
import { Semaphore } from '../../scim/semaphore';
import { ScimError } from '../../scim/scimError';
import { append } from '../append';
import type { ApplyOutcome, ChangeResult } from './applyResult';
import { concernsAllChanges, outcomeOf } from './applyResult';
import type { PlannedChange } from '../plan/plannedChange';

/** The result of a change that neither removed nor added anything. */
export interface Answer {
	outcome: ApplyOutcome;
	/** Whole sentences. */
	note: string;
	userId?: string | undefined;
	groupId?: string | undefined;
}

/** What is reserved for a change, after everything about it was found right. */
export interface Reservation {
	impact: number;
	seats: 0 | 1;
}

/** What is then to be done. */
export interface Operation extends Reservation {
	/** @throws ScimError */
	act(): Promise<Answer>;
}

/** A change with what is reserved for it. */
export interface Reserved<T extends Reservation> {
	change: PlannedChange;
	reservation: T;
}

/** The limits on removals and seats; everything that one execution does shares them. */
export interface ApplyLimits {
	/** @throws ScimError `limitReached`; then nothing is reserved */
	reserveRemovals(impact: number): Promise<void>;
	/** For what was certainly not done. */
	releaseRemovals(impact: number): void;
	/** @throws ScimError `limitReached`; then nothing is reserved */
	reserveSeat(): Promise<void>;
	releaseSeat(): void;
}

/** More than the rate limiter allows at a time; it alone decides how many requests are in flight. */
const AT_ONCE = 16;

/**
 * Takes changes through their steps: all are checked side by side, then reserved in their order, then done
 * side by side. A change that fails never stops another, unless no other can fare better.
 */
export class ChangeRunner {
	readonly results = new Map<PlannedChange, ChangeResult>();
	/** What may have been sent to Notion. */
	private readonly begun = new Map<PlannedChange, Reservation>();
	private readonly semaphore = new Semaphore(AT_ONCE);
	/** Why nothing further is tried. */
	private ended: ScimError | undefined;

	constructor(
		private readonly limits: ApplyLimits,
		private readonly clock: Pick<Clock, 'now'>,
	) {}

	/** @throws ScimError `cancelled` */
	async run(changes: PlannedChange[], check: (change: PlannedChange) => Promise<Answer | Operation>): Promise<void> {
		// Two changes about one target must not race.
		const byTarget = new Map<string, Array<Reserved<Operation>>>();
		for (const reserved of await this.reserve(changes, check)) append(byTarget, targetKey(reserved.change), reserved);
		await settled(
			[...byTarget.values()].map(async (ofTarget) => {
				for (const { change, reservation } of ofTarget) {
					const answer = await this.attempt(change, async () => await reservation.act(), reservation);
					if (answer) this.settle(change, answer, reservation);
				}
			}),
		);
	}

	/**
	 * Checks changes side by side, then reserves them in their order, so that it is always the last ones that
	 * are held.
	 *
	 * @returns what is left to do; every other change has its result
	 */
	async reserve<T extends Reservation>(
		changes: PlannedChange[],
		check: (change: PlannedChange) => Promise<Answer | T>,
	): Promise<Array<Reserved<T>>> {
		const checked = await settled(
			changes.map(async (change): Promise<Array<Reserved<T>>> => {
				const found = await this.attempt(change, async () => await check(change));
				if (found === undefined) return [];
				if (!('outcome' in found)) return [{ change, reservation: found }];
				this.settle(change, found);
				return [];
			}),
		);
		const reserved: Array<Reserved<T>> = [];
		for (const { change, reservation } of checked.flat()) {
			const isReserved = await this.attempt(change, async () => {
				if (reservation.impact > 0) await this.limits.reserveRemovals(reservation.impact);
				if (reservation.seats > 0) await this.limits.reserveSeat();
				return true;
			});
			if (isReserved) reserved.push({ change, reservation });
		}
		return reserved;
	}

	/**
	 * Work on a change; where it fails, that is the change's result.
	 *
	 * @param reservation what was reserved for it, where the work is to do it
	 * @throws ScimError `cancelled`
	 */
	async attempt<T>(change: PlannedChange, work: () => Promise<T>, reservation?: Reservation): Promise<T | undefined> {
		try {
			return await this.semaphore.run(async () => {
				if (this.ended) throw this.ended;
				if (reservation) this.begin(change, reservation);
				return await work();
			});
		} catch (error) {
			const failure = error instanceof ScimError ? error : defect(error);
			if (failure.kind === 'cancelled') {
				this.ended = failure;
				return await Promise.reject(failure);
			}
			if (failure === this.ended && !this.begun.has(change)) this.notTried(change, reservation);
			else this.fail(change, failure, reservation);
			return undefined;
		}
	}

	/** From now on, the outcome of a change is unknown until it has its result. */
	begin(change: PlannedChange, reservation: Reservation): void {
		this.begun.set(change, reservation);
	}

	/** Why nothing further is tried; undefined while everything goes on. */
	get end(): ScimError | undefined {
		return this.ended;
	}

	/** @param reservation what was reserved for it */
	notTried(change: PlannedChange, reservation?: Reservation): void {
		this.release(reservation);
		this.record(change, { outcome: 'notTried', note: `Not tried: ${this.ended?.message ?? ''}` });
	}

	/** The result of a change, also where a cancelled execution did not come to it, or not to its end. */
	resultOf(change: PlannedChange): ChangeResult {
		const result = this.results.get(change);
		if (result) return result;
		const reservation = this.begun.get(change);
		this.record(
			change,
			reservation
				? { outcome: 'notVerified', note: 'The execution was canceled while this was under way.' }
				: { outcome: 'notTried', note: 'Not tried: the execution was canceled before.' },
			reservation,
		);
		return this.resultOf(change);
	}

	/** @param reservation what was reserved for it */
	fail(change: PlannedChange, error: ScimError, reservation?: Reservation): void {
		if (concernsAllChanges(error)) this.ended ??= error;
		const outcome = outcomeOf(error);
		// After such a failure it may have been done: a limit errs on the safe side.
		if (this.begun.has(change) && outcome === 'failed' && !isNothingDone(error)) {
			const note = `It was sent, and its outcome could not be seen. ${error.message}`;
			this.record(change, { outcome: 'notVerified', note }, reservation, error);
			return;
		}
		if (isNothingDone(error)) this.release(reservation);
		this.record(change, { outcome, note: error.message }, reservation, error);
	}

	/** @param reservation what was reserved for it */
	settle(change: PlannedChange, answer: Answer, reservation?: Reservation): void {
		if (answer.outcome === 'unchanged') this.release(reservation);
		this.record(change, answer, reservation);
	}

	private release(reservation: Reservation | undefined): void {
		if (reservation && reservation.impact > 0) this.limits.releaseRemovals(reservation.impact);
		if (reservation && reservation.seats > 0) this.limits.releaseSeat();
	}

	private record(change: PlannedChange, answer: Answer, reservation?: Reservation, error?: ScimError): void {
		const { outcome, note, userId, groupId } = answer;
		const mayBeDone = outcome === 'done' || outcome === 'notVerified';
		const { target, member } = change;
		this.results.set(change, {
			outcome,
			note,
			userId: userId ?? (target.type === 'user' ? target.id : (member?.id ?? null)),
			groupId: groupId ?? (target.type === 'group' ? target.id : null),
			impact: mayBeDone ? (reservation?.impact ?? 0) : 0,
			// A person who was added, but not as asked, has a seat all the same.
			seats: mayBeDone || outcome === 'notTaken' ? (reservation?.seats ?? 0) : 0,
			at: new Date(this.clock.now()).toISOString(),
			...(error ? { error } : {}),
		});
	}
}

/** Whether it is certain that nothing was done, or was seen. */
function isNothingDone({ kind, isNothingDone: wasSeen }: ScimError): boolean {
	return wasSeen || kind === 'refused' || kind === 'emailTaken';
}

/** A change that meets a defect must not take the results of all others with it. */
function defect(error: unknown): ScimError {
	return new ScimError(
		'unexpectedAnswer',
		`Something unexpected happened: ${error instanceof Error ? error.message : String(error)}`,
		'This is a defect of the node. Please report it with this item of the plan.',
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

function targetKey({ target }: PlannedChange): string {
	if (target.id !== null) return target.id;
	return target.type === 'user' ? `email ${target.email}` : `name ${target.displayName}`;
}
