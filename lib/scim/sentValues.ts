import type { AttributeChange } from './patchOperation';
import type { PersonAttributes } from './personAttributes';
import { PERSON_ATTRIBUTES } from './personAttributes';
import type { User } from './userResource';

/** So many values are remembered; the oldest make place. */
const MOST_VALUES = 50_000;

/** After this long, in milliseconds, a value is sent again: somebody else may have changed it. */
const LIFETIME = 24 * 60 * 60 * 1_000;

/**
 * Values that were sent and accepted, but that the server never shows. Without this memory, whoever
 * compares with what is shown would send them again in every run.
 */
export class SentValues {
	private readonly sent = new Map<string, { value: string; sentAt: number }>();

	/** @param changes those that could not be seen afterwards */
	remember(userId: string, changes: AttributeChange[], now: number): void {
		for (const { attribute, to } of changes) {
			const key = `${userId} ${attribute}`;
			this.sent.delete(key);
			this.sent.set(key, { value: to, sentAt: now });
		}
		for (const oldest of this.sent.keys()) {
			if (this.sent.size <= MOST_VALUES) break;
			this.sent.delete(oldest);
		}
	}

	/** Somebody with what was sent and is not shown, so that whoever compares sees no difference there. */
	completed(user: User, now: number): User {
		const known: PersonAttributes = {};
		for (const attribute of PERSON_ATTRIBUTES) {
			const sent = this.sent.get(`${user.id} ${attribute}`);
			if (sent && now - sent.sentAt < LIFETIME) known[attribute] = sent.value;
		}
		return { ...user, attributes: { ...known, ...user.attributes } };
	}

	/** For values that are about to change, or may have. @param attributes all of them where left out */
	forget(userId: string, attributes: readonly string[] = PERSON_ATTRIBUTES): void {
		for (const attribute of attributes) this.sent.delete(`${userId} ${attribute}`);
	}

	/** The changes without those that were sent before and have no value to be compared with. */
	withoutSent(userId: string, changes: AttributeChange[], now: number): AttributeChange[] {
		return changes.filter(({ attribute, from, to }) => {
			const sent = this.sent.get(`${userId} ${attribute}`);
			const isKnown = sent?.value === to && now - sent.sentAt < LIFETIME;
			return from !== null || !isKnown;
		});
	}
}
