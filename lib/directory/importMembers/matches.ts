import { emailKey, confusableKey } from '../../scim/emailKey';
import { splitList } from '../../scim/personAttributes';
import type { User } from '../../scim/userResource';
import { secondaryEmailKeys } from '../../scim/userResource';
import type { ListRow } from './listColumns';

/** Which row of the list is which account of Notion. */
export interface ImportLink {
	sourceId: string;
	userId: string;
}

/** The row that is a member; neither row nor doubt where the list does not have the member. */
export interface RowMatch {
	row?: ListRow;
	/** A sentence that says why it is not certain who the member is. */
	doubt?: string;
}

/** Finds the row of a member by link, by the ID of the account, or by address. */
export class RowIndex {
	private readonly byUser = new Map<string, ListRow[]>();
	private readonly byEmail = new Map<string, ListRow[]>();
	private readonly bySecondary = new Map<string, ListRow[]>();
	private readonly byConfusableKey = new Map<string, ListRow[]>();
	private readonly userIds: ReadonlyMap<string, string>;
	private readonly membersByConfusableKey = new Map<string, number>();

	constructor(rows: readonly ListRow[], links: readonly ImportLink[], members: readonly User[]) {
		this.userIds = new Map(links.map(({ sourceId, userId }) => [sourceId, userId]));
		for (const row of rows) {
			const { sourceId, email, secondaryEmails = '' } = row;
			add(this.byUser, [sourceId, this.userIdOf(row)], row);
			add(this.bySecondary, splitList(secondaryEmails).map(emailKey), row);
			if (email === undefined) continue;
			add(this.byEmail, [emailKey(email)], row);
			add(this.byConfusableKey, [confusableKey(email)], row);
		}
		for (const { userName } of members) {
			const key = confusableKey(userName);
			this.membersByConfusableKey.set(key, (this.membersByConfusableKey.get(key) ?? 0) + 1);
		}
	}

	/** The account that a row is linked to. */
	userIdOf({ sourceId }: ListRow): string | undefined {
		return sourceId === undefined ? undefined : this.userIds.get(sourceId);
	}

	match(member: User): RowMatch {
		const found = [...new Set([...rowsOf(this.byUser, member.id), ...rowsOf(this.byEmail, emailKey(member.userName))])];
		const [row] = found;
		if (found.length > 1) {
			return { doubt: `Several rows of the directory are about this member: ${idsOf(found)}.` };
		}
		return row === undefined ? this.doubtAboutNew(member) : this.certainRow(row, member);
	}

	private certainRow(row: ListRow, member: User): RowMatch {
		if (row.sourceId === undefined) return { doubt: 'The row of the directory with this address has no ID.' };
		const other = this.userIdOf(row);
		if (other === undefined || other === member.id) return { row };
		return { doubt: `The row ${row.sourceId} has this address, and is linked to another account of Notion: ${other}.` };
	}

	/** A member without a row may still be someone the list knows by another address. */
	private doubtAboutNew(member: User): RowMatch {
		const secondary = [
			...rowsOf(this.bySecondary, emailKey(member.userName)),
			...secondaryEmailKeys(member).flatMap((key) => rowsOf(this.byEmail, key)),
		];
		if (secondary.length > 0) {
			return { doubt: `Shares a secondary address with ${idsOf([...new Set(secondary)])}. It may be the same person.` };
		}
		const lookKey = confusableKey(member.userName);
		const isAlone = rowsOf(this.byConfusableKey, lookKey).length === 0 && this.membersByConfusableKey.get(lookKey) === 1;
		return isAlone ? {} : { doubt: 'Another address looks the same, but has other letters.' };
	}
}

function add(index: Map<string, ListRow[]>, keys: ReadonlyArray<string | undefined>, row: ListRow): void {
	for (const key of new Set(keys)) {
		if (key !== undefined) index.set(key, [...(index.get(key) ?? []), row]);
	}
}

function rowsOf(index: ReadonlyMap<string, ListRow[]>, key: string): ListRow[] {
	return index.get(key) ?? [];
}

function idsOf(rows: readonly ListRow[]): string {
	return rows.map(({ sourceId }) => sourceId ?? 'without ID').join(', ');
}
