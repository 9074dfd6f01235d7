import type { Attempt } from '../scim/attempt';
import { classify, isWorthRepeating } from '../scim/attempt';
import type { Clock } from '../scim/clock';
import { ScimError, withoutSecrets } from '../scim/scimError';
import type { Transport } from '../scim/transport';
import { TransportFailure } from '../scim/transport';
import type { AdminCall } from './adminFailure';
import { adminFailure, AdminFailure } from './adminFailure';
import type { Deadline } from './deadline';
import { readPage } from './adminAnswers';

/** Attempts for one request, including the first. */
const TRIES = 4;

/** The first pause if the server names none, in ms; it doubles each time. */
const FIRST_BACKOFF = 500;

/** Notion returns ten rows if no size is requested, and a hundred at most (Admin API, introduction). */
const PAGE_SIZE = 100;

/**
 * Sends requests to the Admin API until a deadline. All of them may be repeated: a list changes nothing, and
 * revoking is idempotent.
 */
export class AdminRequester {
	constructor(
		private readonly transport: Transport,
		private readonly clock: Clock,
	) {}

	/**
	 * The body of a 2xx, or undefined if it was empty.
	 * @throws AdminFailure; ScimError `cancelled`
	 */
	async send(call: AdminCall, deadline: Deadline): Promise<unknown> {
		for (let tries = 1; ; tries += 1) {
			const attempt = await deadline.within(async () => await this.attempt(call));
			if (attempt.kind === 'success') return attempt.body;
			const backoff = FIRST_BACKOFF * 2 ** (tries - 1) * (0.5 + this.clock.random() / 2);
			const mayRepeat = isWorthRepeating(attempt.kind) && tries < TRIES;
			if (!mayRepeat || !(await deadline.pause(attempt.pause || backoff))) {
				throw adminFailure(call, attempt);
			}
		}
	}

	/**
	 * All rows of a list with cursors.
	 * @throws AdminFailure also if the list does not end; ScimError `cancelled`
	 */
	async list(call: AdminCall, deadline: Deadline): Promise<unknown[]> {
		const rows: unknown[] = [];
		const cursors = new Set<string>();
		for (let cursor: string | undefined; ; ) {
			const query = {
				...call.query,
				page_size: PAGE_SIZE,
				...(cursor === undefined ? {} : { start_cursor: cursor }),
			};
			const page = readPage(await this.send({ ...call, query }, deadline));
			if (!page) {
				throw new AdminFailure(
					'failed',
					'The Notion Admin API answered with something that is not a list.',
				);
			}
			rows.push(...page.rows);
			if (!page.hasMore) return rows;
			cursor = page.nextCursor;
			if (cursor === undefined || cursors.has(cursor)) {
				throw new AdminFailure(
					'failed',
					'The Notion Admin API announced more of a list, but did not give it.',
				);
			}
			cursors.add(cursor);
		}
	}

	private async attempt(call: AdminCall): Promise<Attempt> {
		try {
			return classify(await this.transport.send(call), this.clock.now());
		} catch (error) {
			if (error instanceof TransportFailure) {
				return {
					kind: error.reached === 'never' ? 'notDone' : 'unclear',
					reached: error.reached,
					status: undefined,
					detail: withoutSecrets(error.message),
				};
			}
			if (error instanceof ScimError && error.kind !== 'cancelled') {
				return await Promise.reject(
					new AdminFailure('failed', withoutSecrets(`${error.message} ${error.remedy}`)),
				);
			}
			return await Promise.reject(error);
		}
	}
}
