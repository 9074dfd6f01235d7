import type { AttributeChange } from './patchOperation';
import type { PersonAttributes } from './personAttributes';
import { PERSON_ATTRIBUTES } from './personAttributes';
import type { User } from './userResource';

/** So many values are remembered; the oldest make place. */
const MOST_VALUES = 50_000;

/** After this long, in milliseconds, a value is sent again: somebody else may have changed it. */
const LIFETIME = 24 * 60 * 60 * 1_000;

interface Sent {
	value: string;
	/** What the server showed after it; null for nothing. */
	shown: string | null;
	sentAt: number;
}

/**
 * Values that were sent and accepted, but that the server never shows, or shows in another form.
 * Without this memory, a comparison with what is shown would send them again in every run.
 */
export class SentValues {
	private readonly sent = new Map<string, Sent>();

	/** @param changes those that could not be confirmed afterwards; `from` is what was shown then */
	remember(userId: string, changes: AttributeChange[], now: number): void {
		for (const { attribute, from, to } of changes) {
			const key = `${userId} ${attribute}`;
			this.sent.delete(key);
			this.sent.set(key, { value: to, shown: from, sentAt: now });
		}
		for (const oldest of this.sent.keys()) {
			if (this.sent.size <= MOST_VALUES) break;
			this.sent.delete(oldest);
		}
	}

	/** A person with what was sent in place of what is shown since, so that a comparison sees no difference. */
	completed(user: User, now: number): User {
		const known: PersonAttributes = {};
		for (const attribute of PERSON_ATTRIBUTES) {
			const sent = this.sent.get(`${user.id} ${attribute}`);
			const isStillShown = sent?.shown === (user.attributes[attribute] ?? null);
			if (sent && isStillShown && now - sent.sentAt < LIFETIME) known[attribute] = sent.value;
		}
		return { ...user, attributes: { ...user.attributes, ...known } };
	}

	/** For values that are about to change, or may have. @param attributes all of them where left out */
	forget(userId: string, attributes: readonly string[] = PERSON_ATTRIBUTES): void {
		for (const attribute of attributes) this.sent.delete(`${userId} ${attribute}`);
	}

	/** The changes without those that were sent before, where the server shows what it showed then. */
	withoutSent(userId: string, changes: AttributeChange[], now: number): AttributeChange[] {
		return changes.filter(({ attribute, from, to }) => {
			const sent = this.sent.get(`${userId} ${attribute}`);
			return !(sent?.value === to && sent.shown === from && now - sent.sentAt < LIFETIME);
		});
	}
}
