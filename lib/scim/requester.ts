import type { Attempt, Failed } from './attempt';
import { classify, isThrottling } from './attempt';
import type { Clock } from './clock';
import { answersNothing, failure, pausedTooLong, tokenRejected } from './failures';
import { parseListPage } from './listResponse';
import type { Pacer } from './pacer';
import { PauseTooLong } from './pacer';
import { ScimError, withoutSecrets } from './scimError';
import type { ScimRequest, Transport } from './transport';
import { TransportFailure } from './transport';

export interface RetryLimits {
	/** Tries of one request, the first included. */
	tries: number;
	/** Milliseconds that one request may spend waiting between its tries, all together. */
	totalWait: number;
}

export const DEFAULT_RETRY_LIMITS: RetryLimits = { tries: 8, totalWait: 120_000 };

/** Tries where nobody answers at all: a wrong address should be known within seconds. */
const UNREACHED_TRIES = 4;

/** The first pause between two tries where the server names none, in ms; it doubles each time. */
const FIRST_BACKOFF = 500;
const LONGEST_BACKOFF = 20_000;

/** A control reading counts for this long as being "at the same moment", in ms. */
const CONTROL_LIFETIME = 1_000;

/** A good answer from the same server, read to back up a statement that something is absent. */
export interface ControlReading {
	/** Milliseconds since the epoch. */
	readAt: number;
	/** Members of the workspace according to the list. */
	memberCount: number;
}

export interface Write<T> {
	/** Makes the result out of the body of a 2xx; undefined where the server sent none. */
	accept: (body: unknown) => Promise<T> | T;
	/** Reads whether the effect is there: the result if so, otherwise undefined. */
	look: () => Promise<T | undefined>;
}

/**
 * Sends requests at the pacer's pace and repeats what may be repeated.
 *
 * Reads are repeated after network errors, 429, 502, 503, 504 and 529. A write is repeated only
 * where nothing was done (429, 503 with Retry-After, connection refused); with an unknown outcome
 * it is looked at first; after a 500 it is never repeated, because Notion answers 500 to an e-mail
 * address that is taken.
 */
export class Requester {
	private lastControl: ControlReading | undefined;
	/** Asked for by several at once, it is read once. */
	private pendingControl: { begunAt: number; reading: Promise<ControlReading> } | undefined;

	constructor(
		private readonly transport: Transport,
		private readonly pacer: Pacer,
		private readonly clock: Clock,
		private readonly signal?: AbortSignal,
		private readonly limits: RetryLimits = DEFAULT_RETRY_LIMITS,
	) {}

	/**
	 * The body of a 2xx, or undefined where it was empty.
	 *
	 * @throws ScimError `notFound` only after a good {@link control} reading
	 */
	async read(request: ScimRequest): Promise<unknown> {
		const budget = this.newBudget();
		for (;;) {
			const attempt = await this.attempt(request);
			if (attempt.kind === 'success') return attempt.body;
			if (attempt.kind === 'refused' || !(await budget.wait(attempt))) {
				throw await this.explained(request, attempt);
			}
		}
	}

	/**
	 * As {@link read}, but a 404 is `absent` and nothing else is asked. It may be a proxy's: whoever
	 * calls this reads {@link control} afterwards, once for many answers.
	 */
	async readUnproven(request: ScimRequest): Promise<{ body: unknown } | 'absent'> {
		const budget = this.newBudget();
		for (;;) {
			const attempt = await this.attempt(request);
			if (attempt.kind === 'success') return { body: attempt.body };
			if (attempt.status === 404) return 'absent';
			if (attempt.kind === 'refused' || !(await budget.wait(attempt))) {
				throw await this.explained(request, attempt);
			}
		}
	}

	/**
	 * @throws ScimError; `serverError` or `network` mean that a look did not find the effect either, and
	 * `isNothingDone` that it is certain
	 */
	async write<T>(request: ScimRequest, { accept, look }: Write<T>): Promise<T> {
		const budget = this.newBudget();
		let mayHaveArrived = false;
		for (;;) {
			const attempt = await this.attempt(request).catch((error: unknown) =>
				Promise.reject(mayHaveArrived ? error : withNothingDone(error)),
			);
			if (attempt.kind === 'success') return await accept(attempt.body);
			const status = attempt.status ?? 0;
			const mayHaveActed = attempt.kind === 'unclear' || (attempt.kind === 'refused' && status >= 500);
			// A 2xx that cannot be read has most probably acted: a second POST would be a second group.
			const isAccepted = status >= 200 && status < 300;
			const mayRepeat =
				attempt.kind !== 'refused' && !isAccepted && (await budget.wait(attempt));
			if (mayHaveActed) {
				const result = await look();
				if (result !== undefined) return result;
			}
			// Nobody can tell what becomes of a request that Notion itself never answered, whatever a look shows.
			mayHaveArrived ||= attempt.kind === 'unclear' || isAccepted || status > 500;
			if (mayRepeat) continue;
			const error = await this.explained(request, attempt);
			throw mayHaveArrived ? error : withNothingDone(error);
		}
	}

	/**
	 * Reads one row of the user list: it proves that this server answers and takes the token.
	 *
	 * @param since an earlier reading that did not begin after this moment is not good enough
	 * @throws ScimError where it does not
	 */
	async control(since = this.clock.now() - CONTROL_LIFETIME): Promise<ControlReading> {
		// Within one millisecond nobody knows which came first, so "at that moment" is too early.
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
				// The token's creator is a member, or the token would be dead.
				if (total < 1) throw nobodyThere();
				this.lastControl = { readAt, memberCount: total };
				return this.lastControl;
			}
			if (attempt.kind === 'refused' && attempt.status === 403 && !attempt.webPage) {
				throw tokenRejected({ status: 403 });
			}
			if (attempt.kind === 'refused' || !(await budget.wait(attempt))) {
				throw failure(request, attempt);
			}
		}
	}

	/** Milliseconds since the epoch, by the clock that dates {@link ControlReading}. */
	now(): number {
		return this.clock.now();
	}

	/** A {@link control} reading that began after everything that was answered so far. */
	async controlNow(): Promise<ControlReading> {
		return await this.control(this.clock.now());
	}

	/**
	 * A 403 may mean the token or the deed, a 404 may come from a proxy: a control reading tells. It
	 * must be later than the answer in doubt, or it would speak of the time before the proxy failed.
	 */
	private async explained(request: ScimRequest, failed: Failed): Promise<ScimError> {
		if (failed.status !== 403 && failed.status !== 404) return failure(request, failed);
		try {
			await this.control(this.clock.now());
		} catch (error) {
			if (!(error instanceof ScimError)) return Promise.reject(error);
			const isKnown = ['cancelled', 'tokenRejected'].includes(error.kind);
			return failed.status === 404 && !isKnown ? answersNothing(failed) : error;
		}
		return failure(request, { ...failed, webPage: false });
	}

	private async attempt(request: ScimRequest): Promise<Attempt> {
		const permit = await this.turn();
		try {
			const response = await this.transport.send(request);
			const pauseAsked = classify(response, this.clock.now());
			const throttled = isThrottling(response.status);
			this.pacer.end(
				permit,
				throttled ? 'throttled' : 'good',
				'pause' in pauseAsked ? pauseAsked.pause : 0,
			);
			return pauseAsked;
		} catch (error) {
			this.pacer.end(permit, 'none');
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
			return await this.pacer.begin(this.signal, this.limits.totalWait);
		} catch (error) {
			return Promise.reject(error instanceof PauseTooLong ? pausedTooLong(error) : cancelled());
		}
	}

	private newBudget() {
		let tries = 0;
		let waited = 0;
		return {
			/** Waits before the next try; false where there must be none. */
			wait: async (failed: Failed): Promise<boolean> => {
				tries += 1;
				const backoff = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** (tries - 1));
				// Zero and dates in the past are no pause, and would make a burst of all the tries.
				const pause = failed.pause || backoff * (0.5 + this.clock.random() / 2);
				const mostTries =
					failed.reached === 'never' ? UNREACHED_TRIES : this.limits.tries;
				if (tries >= mostTries || waited + pause > this.limits.totalWait) return false;
				waited += pause;
				try {
					await this.clock.sleep(pause, this.signal);
				} catch {
					return Promise.reject(cancelled());
				}
				return true;
			},
		};
	}
}

/** Of a write: the server refused it, or a look after its failure has shown that nothing was done. */
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

function nobodyThere(): ScimError {
	return new ScimError(
		'unexpectedAnswer',
		'The server says that the workspace has no members at all, so its other answers prove nothing.',
		'Check the Base URL of the credential, and whether a cache or a proxy stands between n8n and Notion.',
	);
}

export function cancelled(): ScimError {
	return new ScimError(
		'cancelled',
		'The execution was canceled.',
		'Run the workflow again; what was done before stays done.',
	);
}
