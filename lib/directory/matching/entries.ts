import { confusableKey, emailKey } from '../../scim/emailKey';
import { append } from '../append';
import { recordKey } from '../person/naming';
import type { Person } from '../person/person';

/** The entries of a directory, found by their record, and their addresses by how they look. */
export class Entries {
	private readonly byRecord = new Map<string, Person[]>();
	/** The different addresses that look the same. */
	private readonly addresses = new Map<string, Set<string>>();

	constructor(persons: Person[]) {
		for (const person of persons) this.add(person);
	}

	ofRecord(record: { source: string; sourceId: string }): Person[] {
		return this.byRecord.get(recordKey(record)) ?? [];
	}

	/** Whether different addresses in the directory look like this one. */
	hasSeveralLike(email: string): boolean {
		return (this.addresses.get(confusableKey(email))?.size ?? 0) > 1;
	}

	private add(person: Person): void {
		append(this.byRecord, recordKey(person), person);
		const { email } = person.attributes;
		if (!email) return;
		const key = confusableKey(email);
		this.addresses.set(key, (this.addresses.get(key) ?? new Set<string>()).add(emailKey(email)));
	}
}
