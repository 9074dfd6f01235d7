import { z } from 'zod';

import { text, writtenAt } from './cells';
import type { Employee } from './employees';
import { isAbout, isSameAddress, isSameCompany } from './employees';

const linkSchema = z.object({
	source: text,
	employeeId: text,
	companyId: text,
	email: text,
	userId: text,
	updatedAt: writtenAt.catch(0),
});

/** A row of `notion_scim_links`: which HRIS entry belongs to which account. */
export interface Link extends Employee {
	/** Notion's ID. Empty if a person has only confirmed that the address is this employee's. */
	userId: string;
}

/** `updatedAt` in epoch milliseconds, 0 where it is not known. */
export interface StoredLink extends Link {
	updatedAt: number;
}

/**
 * Reads links of people as a Data Table node returns them, oldest first and without duplicates; skips other
 * items.
 */
export function readLinks(items: readonly unknown[]): StoredLink[] {
	const links = items.flatMap((item) => {
		const read = linkSchema.safeParse(item);
		return read.success && (read.data.employeeId !== '' || read.data.email !== '') ? [read.data] : [];
	});
	return [...new Map(links.map((link) => [JSON.stringify(link), link])).values()].sort(
		(one, other) => one.updatedAt - other.updatedAt,
	);
}

/** The values of a link for a Data Table node: exactly the columns. */
export function linkRow({ source, employeeId, companyId, email, userId }: Link): Record<string, string> {
	return { source, employeeId, companyId, email, userId, groupId: '', groupName: '', adoptedAt: '' };
}

/** The links of an employee, and the other employees who are linked to the same accounts. */
export function linksOf(
	employee: Employee,
	links: readonly StoredLink[],
): { own: StoredLink[]; userIds: string[]; others: StoredLink[] } {
	const own = links.filter((link) => isAbout(link, employee));
	const userIds = [...new Set(own.map(({ userId }) => userId).filter((id) => id !== ''))];
	const others = links.filter(({ userId }) => userIds.includes(userId)).filter((link) => !own.includes(link));
	return { own, userIds, others };
}

/**
 * The link of an employee to the account; undefined if it may belong to one of several people. A link with
 * the same company takes precedence, because two companies may use the same employee numbers.
 */
export function accountLink(employee: Employee, links: readonly StoredLink[]): StoredLink | undefined {
	const own = links.filter(
		(link) => link.userId !== '' && link.employeeId === employee.employeeId && isAbout(link, employee),
	);
	const exact = own.filter(({ companyId }) => companyId === employee.companyId).at(-1);
	if (exact) return exact;
	return new Set(own.map(({ userId }) => userId)).size === 1 ? own.at(-1) : undefined;
}

/** A row that shows that an address belonged to an employee at a time: a link, or a removal. */
export interface AddressUse extends Employee {
	/** Epoch milliseconds. */
	at: number;
}

/**
 * The previous holder of an address: the row of another employee. Rows older than this employee's own link
 * with the address are resolved: a workflow or a person checked them when they wrote that link.
 * @param uses links and removals, of any address
 * @param isSamePerson whether the HRIS shows that both are one person
 */
export function formerHolder(
	employee: Employee,
	{ links, uses }: { links: readonly StoredLink[]; uses: readonly AddressUse[] },
	isSamePerson: (other: AddressUse) => boolean,
): AddressUse | undefined {
	const isOwn = (row: Employee): boolean =>
		row.employeeId === employee.employeeId &&
		isAbout(row, employee) &&
		isSameCompany(row.companyId, employee.companyId);
	const ownLinks = links.filter((link) => isSameAddress(link.email, employee.email) && isOwn(link));
	const ownSince = Math.max(-1, ...ownLinks.map(({ updatedAt }) => updatedAt));
	return uses.find(
		(row) => isSameAddress(row.email, employee.email) && !isOwn(row) && row.at > ownSince && !isSamePerson(row),
	);
}
