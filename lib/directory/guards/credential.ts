import type { Connection } from '../../scim/connection';
import { parseConnection } from '../../scim/connection';
import type { ReadList } from '../../scim/emailAddress';
import { shownEntry } from '../../scim/emailAddress';
import { emailKey } from '../../scim/emailKey';
import { readNumber } from '../../scim/scalars';
import { ScimError, withoutSecrets } from '../../scim/scimError';
import { readGuardedDomains, readGuardedEmails } from './guardLists';
import type { Access, Guards } from './guards';
import { listed } from '../person/naming';

/** The credential, parsed once. */
export interface NotionCredential extends Connection {
	guards: Guards;
	/** Undefined for no hard limit. */
	maxRequestsPerSecond: number | undefined;
}

/**
 * Reads every field of the credential. A guard that cannot be understood protects no one, so it makes
 * the whole credential unusable: the node does nothing with it, and its test fails.
 *
 * @throws ScimError `invalidInput`, which names the field and the entry
 */
export function parseCredential(fields: Record<string, unknown>): NotionCredential {
	const connection = parseConnection(fields, {
		token: 'SCIM token',
		baseUrl: 'https://api.notion.com/scim/v2',
	});
	const guards = new GuardFields(fields, connection.token);
	return {
		...connection,
		guards: {
			access: guards.access(),
			ownedDomains: new Set(guards.ownedDomains()),
			protectedEmails: new Set(guards.protectedEmails().map(emailKey)),
			tokenCreatorEmail: guards.tokenCreator(),
		},
		maxRequestsPerSecond: guards.maxRequestsPerSecond(),
	};
}

/** Each with its name in the credential. */
const ACCESSES: ReadonlyArray<{ access: Access; name: string }> = [
	{ access: 'full', name: 'Full' },
	{ access: 'noRemovals', name: 'No Removals' },
	{ access: 'readOnly', name: 'Read Only' },
];

/** A field that lists something, and what belongs in it. */
interface ListField {
	name: string;
	label: string;
	/** As in "is not …" and "are not …". */
	one: string;
	many: string;
	read: (written: string) => ReadList;
}

const EMAILS = {
	one: 'an email address of a person',
	many: 'email addresses of people',
	read: readGuardedEmails,
};

class GuardFields {
	/** @param token may have been pasted into the wrong field, and is never shown */
	constructor(
		private readonly fields: Record<string, unknown>,
		private readonly token: string,
	) {}

	access(): Access {
		const value = this.fields['access'];
		const known = ACCESSES.find(({ access }) => access === value);
		if (known) return known.access;
		throw unusable(
			`Access of the credential is ${this.shown(value)}, which is not one of its choices.`,
			`Pick one in the credential. An expression must give one of these: ${ACCESSES.map(({ access, name }) => `${access} (${name})`).join(', ')}.`,
		);
	}

	ownedDomains(): string[] {
		return this.list({
			name: 'ownedDomains',
			label: 'Owned Domains',
			one: 'an email domain',
			many: 'email domains',
			read: readGuardedDomains,
		});
	}

	protectedEmails(): string[] {
		return this.list({ name: 'protectedEmails', label: 'Protected Emails', ...EMAILS });
	}

	/** @returns in the form of `emailKey`; undefined where the field is empty */
	tokenCreator(): string | undefined {
		const emails = this.list({ name: 'tokenCreatorEmail', label: 'Token Creator Email', ...EMAILS });
		const [email] = emails;
		if (emails.length < 2) return email && emailKey(email);
		throw unusable(
			`Token Creator Email of the credential has ${emails.length} addresses in it: ${listed(emails)}.`,
			'Enter the address of the one owner who created the token. The others belong into Protected Emails.',
		);
	}

	/** 0, and a field that was left empty, stand for no limit. */
	maxRequestsPerSecond(): number | undefined {
		const value = this.fields['maxRequestsPerSecond'];
		const rate = value === '' ? 0 : readNumber(value);
		if (rate !== undefined && rate >= 0) return rate === 0 ? undefined : rate;
		throw unusable(
			`Maximum Requests per Second of the credential is ${this.shown(value)}, which is not a number from 0 on.`,
			'Enter a number in the credential, or 0 for no limit.',
		);
	}

	private list({ name, label, one, many, read }: ListField): string[] {
		const value = this.fields[name];
		// n8n fills in a field that was left empty, so anything else comes from an expression.
		if (typeof value !== 'string') {
			throw unusable(
				`${label} of the credential is ${this.shown(value)} instead of text.`,
				'Correct the expression in the credential, or type the list in.',
			);
		}
		const { entries, unreadable } = read(value);
		if (unreadable.length === 0) return entries;
		throw unusable(
			`${label} of the credential has ${listed(unreadable.map((entry) => this.shown(entry)))} in it, which ${
				unreadable.length === 1 ? `is not ${one}` : `are not ${many}`
			}.`,
			'Correct the field in the credential, with commas between the entries.',
		);
	}

	private shown(value: unknown): string {
		if (typeof value === 'number' || typeof value === 'boolean') return String(value);
		if (value === undefined || value === null || value === '') return 'empty';
		if (typeof value !== 'string') return Array.isArray(value) ? 'a list' : 'an object';
		return `"${withoutSecrets(shownEntry(value.split(this.token).join('(hidden)')))}"`;
	}
}

function unusable(what: string, remedy: string): ScimError {
	return new ScimError('invalidInput', what, `${remedy} Until then nothing is done with this credential.`);
}
