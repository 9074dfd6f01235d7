import type { Attempt, Failed, FailedKind } from './attempt';
import { classify, isThrottling, isWorthRepeating } from './attempt';
import type { Clock } from './clock';
import { answersNothing, failure, isList, notOffered, pausedTooLong, tokenRejected } from './failures';
import { parseListPage } from './listResponse';
import type { RateLimiter } from './rateLimiter';
import { PauseTooLong } from './rateLimiter';
import { ScimError, withoutSecrets } from './scimError';
import type { ScimRequest, Transport } from './transport';
import { TransportFailure } from './transport';

export interface RetryLimits {
	/** Attempts for one request, including the first. */
	tries: number;
	/** The total wait between the attempts of one request, in milliseconds. */
	totalWait: number;
}

export const DEFAULT_RETRY_LIMITS: RetryLimits = { tries: 8, totalWait: 120_000 };

/** Attempts if nothing answers at all: a wrong address should be reported within seconds. */
const UNREACHED_TRIES = 4;

/** Attempts if the server is in conflict with another change: a collision passes within seconds. */
const CONFLICT_TRIES = 5;

/** Pauses in ms before a second and a third check: reads may lag behind writes for that long. */
const LOOK_AGAIN_AFTER = [300, 700];

/** The first pause between two attempts if the server names none, in ms; it doubles each time. */
const FIRST_BACKOFF = 500;
const LONGEST_BACKOFF = 20_000;

/** For how long a control reading counts as "at the same moment", in ms. */
const CONTROL_LIFETIME = 1_000;

/** A good answer of the same server, read to back up a statement that something is absent. */
export interface ControlReading {
	/** Milliseconds since the epoch. */
	readAt: number;
	/** The number of members of the workspace according to the list. */
	memberCount: number;
}

export interface Write<T> {
	/** Builds the result from the body of a 2xx; undefined if the server sent none. */
	accept: (body: unknown) => Promise<T> | T;
	/** Reads whether the write took effect: the result if so, otherwise undefined. */
	look: () => Promise<T | undefined>;
	/**
	 * Replaces `look` after a 409, when the desired object may exist already, or another one conflicts.
	 * @param mayBeOurs whether an earlier attempt of this write may have been carried out
	 */
	lookAfterConflict?: (mayBeOurs: boolean) => Promise<T | undefined>;
}

type FailedAttempt = Failed & { kind: FailedKind };

/**
 * Sends requests through the rate limiter and repeats those that may be repeated. {@link classify} decides:
 * reads are repeated after everything but a refusal and a 500; writes if nothing was done, and, if that is
 * unclear, only after a check. A conflict (409) is checked and repeated within its own limits.
 */
export class Requester {
	private lastControl: ControlReading | undefined;
	/** Concurrent callers share one reading. */
	private pendingControl: { begunAt: number; reading: Promise<ControlReading> } | undefined;

	constructor(
		private readonly transport: Transport,
		private readonly rateLimiter: RateLimiter,
		private readonly clock: Clock,
		private readonly signal?: AbortSignal,
		private readonly limits: RetryLimits = DEFAULT_RETRY_LIMITS,
	) {}

	/**
	 * The body of a 2xx, or undefined if it was empty.
	 * @throws ScimError `notFound` only after a good {@link control} reading
	 */
	async read(request: ScimRequest): Promise<unknown> {
		const budget = this.newBudget();
		for (;;) {
			const attempt = await this.attempt(request);
			if (attempt.kind === 'success') return attempt.body;
			if (!isWorthRepeating(attempt.kind) || !(await budget.wait(attempt))) {
				throw await this.explained(request, attempt);
			}
		}
	}

	/**
	 * As {@link read}, but a 404 or 410 is `absent`, without any further request. A proxy may have sent it,
	 * so the caller reads {@link control} afterwards, once for many answers.
	 */
	async readUnproven(request: ScimRequest): Promise<{ body: unknown } | 'absent'> {
		const budget = this.newBudget();
		for (;;) {
			const attempt = await this.attempt(request);
			if (attempt.kind === 'success') return { body: attempt.body };
			if (attempt.status === 404 || attempt.status === 410) return 'absent';
			if (!isWorthRepeating(attempt.kind) || !(await budget.wait(attempt))) {
				throw await this.explained(request, attempt);
			}
		}
	}

	/**
	 * @throws ScimError; `serverError`, `network` and `conflict` mean that the check did not find the effect
	 * either, and `isNothingDone` that this is certain
	 */
	async write<T>(request: ScimRequest, write: Write<T>): Promise<T> {
		const budget = this.newBudget();
		let mayHaveArrived = false;
		for (;;) {
			const attempt = await this.attempt(request).catch((error: unknown) =>
				Promise.reject(mayHaveArrived ? error : withNothingDone(error)),
			);
			if (attempt.kind === 'success') return await write.accept(attempt.body);
			const isPassing = attempt.kind === 'unclear' || attempt.kind === 'notDone';
			const hasWaited = isPassing && (await budget.wait(attempt));
			const result = await this.lookAfter(request, attempt, write, mayHaveArrived);
			if (result !== undefined) return result;
			// If Notion itself never answered, no check can tell whether the request will still take effect.
			mayHaveArrived ||= isUnknown(attempt);
			if (hasWaited) continue;
			// Checked before the pause, so that an effect that is already visible does not have to wait.
			if (attempt.kind === 'conflict' && !attempt.isDuplicate && (await budget.wait(attempt))) continue;
			const error = await this.explained(request, attempt);
			throw mayHaveArrived ? error : withNothingDone(error);
		}
	}

	/**
	 * The effect of a write that may have been carried out; undefined if it is not visible or cannot be
	 * read.
	 */
	private async lookAfter<T>(
		{ method }: ScimRequest,
		{ kind, isDuplicate }: FailedAttempt,
		{ look, lookAfterConflict }: Write<T>,
		mayBeOurs: boolean,
	): Promise<T | undefined> {
		const isSeen = (found: T | undefined): boolean => found !== undefined;
		switch (kind) {
			case 'notDone':
			case 'refused':
				return undefined;
			case 'conflict': {
				const lookForIt = async () => await (lookAfterConflict ? lookAfterConflict(mayBeOurs) : look());
				return isDuplicate ? await this.lookPatiently(lookForIt, isSeen) : await lookForIt();
			}
			case 'failed':
				return await look();
			default:
				// A second POST would create a second group, so a group that appears late must be seen first.
				return method === 'POST' || kind === 'doubtful'
					? await this.lookPatiently(look, isSeen)
					: await look();
		}
	}

	/**
	 * Checks at once and, because reads may lag behind writes, again after a moment: a statement such as "it
	 * was not done" must not come from an old state.
	 * @returns the last result
	 * @throws ScimError `cancelled`, and what the check throws
	 */
	async lookPatiently<T>(look: () => Promise<T>, isSeen: (found: T) => boolean): Promise<T> {
		let found = await look();
		for (const pause of LOOK_AGAIN_AFTER) {
			if (isSeen(found)) break;
			await this.pause(pause);
			found = await look();
		}
		return found;
	}

	/**
	 * Reads one row of the user list, to prove that this server answers and accepts the token.
	 * @param since an earlier reading that did not begin after this moment does not count
	 * @throws ScimError if it does not
	 */
	async control(since = this.clock.now() - CONTROL_LIFETIME): Promise<ControlReading> {
		// Within one millisecond the order is unknown, so "at that moment" counts as too early.
		if (this.lastControl && this.lastControl.readAt > since) return this.lastControl;
		if (this.pendingControl && this.pendingControl.begunAt > since) {
			return await this.pendingControl.reading;
		}
		const pending = { begunAt: this.clock.now(), reading: this.readControl() };
		this.pendingControl = pending;
		try {
			return await pending.reading;
		} finally {
			if (this.pendingControl === pending) this.pendingControl = undefined;
		}
	}

	private async readControl(): Promise<ControlReading> {
		const request: ScimRequest = {
			method: 'GET',
			path: '/Users',
			query: { startIndex: 1, count: 1 },
		};
		const budget = this.newBudget();
		for (;;) {
			const readAt = this.clock.now();
			const attempt = await this.attempt(request);
			if (attempt.kind === 'success') {
				const { total } = parseListPage(attempt.body, (row) => row);
				// The token's creator is a member, or the token would be revoked.
				if (total < 1) throw noOneFound();
				this.lastControl = { readAt, memberCount: total };
				return this.lastControl;
			}
			if (attempt.kind === 'refused' && attempt.status === 403 && !attempt.webPage) {
				throw tokenRejected({ status: 403 });
			}
			if (!isWorthRepeating(attempt.kind) || !(await budget.wait(attempt))) {
				throw failure(request, attempt);
			}
		}
	}

	/** Milliseconds since the epoch, by the clock that dates {@link ControlReading}. */
	now(): number {
		return this.clock.now();
	}

	/** A {@link control} reading that began after all answers received so far. */
	async controlNow(): Promise<ControlReading> {
		return await this.control(this.clock.now());
	}

	/**
	 * A 403 may concern the token or the operation; a 404, a 410 and a web page may come from a proxy. A
	 * control reading tells. It must be later than the answer in doubt, or it would describe the time before
	 * the proxy failed.
	 */
	private async explained(request: ScimRequest, failed: FailedAttempt): Promise<ScimError> {
		if (!isInDoubt(failed)) return failure(request, failed);
		try {
			await this.control(this.clock.now());
		} catch (error) {
			if (!(error instanceof ScimError)) return Promise.reject(error);
			const isKnown = ['cancelled', 'tokenRejected'].includes(error.kind);
			const isAbsence = failed.status === 404 || failed.status === 410;
			return isAbsence && !isKnown ? answersNothing(failed) : error;
		}
		if (failed.status === 404 && isList(request)) return notOffered(request, failed);
		return failure(request, { ...failed, webPage: false });
	}

	/** @throws ScimError `cancelled` */
	private async pause(milliseconds: number): Promise<void> {
		try {
			await this.clock.sleep(milliseconds, this.signal);
		} catch {
			return Promise.reject(cancelled());
		}
	}

	private async attempt(request: ScimRequest): Promise<Attempt> {
		const permit = await this.turn();
		try {
			const response = await this.transport.send(request);
			const pauseAsked = classify(response, this.clock.now());
			const throttled = isThrottling(response.status);
			this.rateLimiter.end(
				permit,
				throttled ? 'throttled' : 'good',
				'pause' in pauseAsked ? pauseAsked.pause : 0,
			);
			return pauseAsked;
		} catch (error) {
			this.rateLimiter.end(permit, 'none');
			if (error instanceof TransportFailure) {
				return {
					kind: error.reached === 'never' ? 'notDone' : 'unclear',
					reached: error.reached,
					status: undefined,
					detail: withoutSecrets(error.message),
				};
			}
			return Promise.reject(error);
		}
	}

	private async turn() {
		try {
			return await this.rateLimiter.begin(this.signal, this.limits.totalWait);
		} catch (error) {
			return Promise.reject(error instanceof PauseTooLong ? pausedTooLong(error) : cancelled());
		}
	}

	private mostTries({ kind, reached }: FailedAttempt): number {
		if (reached === 'never') return UNREACHED_TRIES;
		return kind === 'conflict' ? Math.min(CONFLICT_TRIES, this.limits.tries) : this.limits.tries;
	}

	private newBudget() {
		let tries = 0;
		let waited = 0;
		return {
			/** Waits before the next attempt; false if there must not be one. */
			wait: async (failed: FailedAttempt): Promise<boolean> => {
				tries += 1;
				const backoff = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** (tries - 1));
				// Zero and past dates are not a pause, and would turn all attempts into a burst.
				const pause = failed.pause || backoff * (0.5 + this.clock.random() / 2);
				if (tries >= this.mostTries(failed) || waited + pause > this.limits.totalWait) return false;
				waited += pause;
				await this.pause(pause);
				return true;
			},
		};
	}
}

/** Whether a write may have been carried out, although no check has shown it. */
function isUnknown({ kind, status }: FailedAttempt): boolean {
	// A login page with status 200 has swallowed the request as well.
	return kind === 'unclear' || kind === 'doubtful' || (status !== undefined && status < 300);
}

/** Whether another answer of the same server tells what this one means. */
function isInDoubt({ kind, status, webPage }: FailedAttempt): boolean {
	if (status === 403 || status === 404 || status === 410) return true;
	return kind === 'refused' && webPage === true && status !== undefined && status >= 400 && status !== 401;
}

/** For a write: the server refused it, or a check after its failure has shown that nothing was done. */
function withNothingDone<T>(error: T): T | ScimError {
	if (!(error instanceof ScimError)) return error;
	const { kind, message, remedy, status, detail, evidence } = error;
	return new ScimError(kind, message, remedy, {
		...(status === undefined ? {} : { status }),
		...(detail === undefined ? {} : { detail }),
		...(evidence === undefined ? {} : { evidence }),
		isNothingDone: true,
	});
}

function noOneFound(): ScimError {
	return new ScimError(
		'unexpectedAnswer',
		'The server says that the workspace has no members at all, so its other answers prove nothing.',
		'Check the Base URL of the credential, and whether there is a cache or a proxy between n8n and Notion.',
	);
}

export function cancelled(): ScimError {
	return new ScimError(
		'cancelled',
		'The execution was canceled.',
		'Run the workflow again; what was done before stays done.',
	);
}
