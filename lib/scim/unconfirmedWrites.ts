import type { AttributeChange } from './patchOperation';
import type { PersonAttributes } from './personAttributes';
import { PERSON_ATTRIBUTES } from './personAttributes';
import type { User } from './userResource';

/** Maximum number of remembered values; the oldest are dropped. */
const MOST_VALUES = 50_000;

/** After this time, in milliseconds, a value is sent again: another system may have changed it. */
const LIFETIME = 24 * 60 * 60 * 1_000;

interface Sent {
	value: string;
	/** What the server showed after the write; null for nothing. */
	shown: string | null;
	sentAt: number;
}

/**
 * Remembers values that the server accepted but never shows, or shows in another form. Without this memory, a
 * comparison with the shown values would send them again in every run.
 */
export class UnconfirmedWrites {
	private readonly sent = new Map<string, Sent>();

	/** @param changes those that could not be confirmed; `from` is what the server showed then */
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

	/**
	 * A person with the sent values in place of those shown since, so that a comparison finds no difference.
	 */
	completed(user: User, now: number): User {
		const known: PersonAttributes = {};
		for (const attribute of PERSON_ATTRIBUTES) {
			const sent = this.sent.get(`${user.id} ${attribute}`);
			const isStillShown = sent?.shown === (user.attributes[attribute] ?? null);
			if (sent && isStillShown && now - sent.sentAt < LIFETIME) known[attribute] = sent.value;
		}
		return { ...user, attributes: { ...user.attributes, ...known } };
	}

	/** Forgets values that are about to change, or may have changed. @param attributes all if left out */
	forget(userId: string, attributes: readonly string[] = PERSON_ATTRIBUTES): void {
		for (const attribute of attributes) this.sent.delete(`${userId} ${attribute}`);
	}

	/** The changes without those sent before, if the server still shows what it showed then. */
	withoutSent(userId: string, changes: AttributeChange[], now: number): AttributeChange[] {
		return changes.filter(({ attribute, from, to }) => {
			const sent = this.sent.get(`${userId} ${attribute}`);
			return !(sent?.value === to && sent.shown === from && now - sent.sentAt < LIFETIME);
		});
	}
}
