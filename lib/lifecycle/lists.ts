import { z } from 'zod';

import { emailKey } from '../scim/emailKey';
import type { ListReading } from '../scim/completeList';
import type { User } from '../scim/userResource';
import { resourceId } from '../scim/resourceId';
import type { Employee } from './employees';
import { isAbout } from './employees';
import type { Employment, EmploymentRecord } from './employment';
import { employmentOf, readRecord } from './employment';
import type { Link } from './links';
import { isTimeZone } from './zones';

/** What an HRIS source states about its list. */
export interface HrisManifest {
	source: string;
	/** ISO instant. */
	readAt: string;
	pages: number;
	count: number;
	complete: boolean;
}

/** A list of employees, such as all who have left since a day. */
export interface HrisList {
	records: EmploymentRecord[];
	/** The employees for whom Notion is not intended, according to a directory. */
	outOfScope: ReadonlySet<EmploymentRecord>;
	manifest?: HrisManifest;
	/** Why the list cannot be relied on, as a sentence. */
	trouble?: string;
}

/** Notion's members. */
export interface MemberList {
	members: User[];
	/** Why the list cannot be relied on, as a sentence. */
	trouble?: string;
}

const manifestSchema = z.object({
	manifest: z.literal(true),
	source: z.string().catch(''),
	readAt: z.string().catch(''),
	pages: z.number().catch(0),
	count: z.number().catch(-1),
	complete: z.unknown().transform((value) => value === true),
	explanation: z.string().nullish().catch(''),
});

/** The answer of an HRIS source, or a person of a directory source. */
const employeeSchema = z
	.object({ found: z.boolean().optional(), manifest: z.undefined(), sourceId: z.unknown(), status: z.unknown(), inScope: z.unknown() })
	.refine(({ found, sourceId, status }) => found === true || (found === undefined && sourceId !== undefined && status !== undefined));

const failureSchema = z.object({ error: z.union([z.string(), z.object({ message: z.string() }).transform(({ message }) => message)]) });

/**
 * Reads a list as an HRIS source returns it: the employees, then one item with their number and whether that
 * is all of them. Without that item, no one is changed.
 */
export function readHrisList(items: readonly unknown[]): HrisList {
	const failures = items.flatMap((item) => {
		const read = failureSchema.safeParse(item);
		return read.success ? [read.data.error] : [];
	});
	const manifests = items.flatMap((item) => {
		const read = manifestSchema.safeParse(item);
		return read.success ? [read.data] : [];
	});
	const found = items.flatMap((item) => {
		const read = employeeSchema.safeParse(item);
		return read.success ? [{ record: readRecord(item), isInScope: read.data.inScope !== false }] : [];
	});
	const records = found.flatMap(({ record }) => (typeof record === 'string' ? [] : [record]));
	const outOfScope = new Set(
		found.flatMap(({ record, isInScope }) => (typeof record === 'string' || isInScope ? [] : [record])),
	);
	const [illegible] = found.flatMap(({ record }) => (typeof record === 'string' ? [record] : []));
	const [manifest, ...more] = manifests;
	const troubles = [
		failures.length > 0 && `The HRIS could not be read: ${failures.join(' ')}`,
		(!manifest || more.length > 0) && 'The HRIS did not say whether its list is complete.',
		manifest && !manifest.complete && `The list of the HRIS is not complete. ${manifest.explanation ?? ''}`.trim(),
		manifest && manifest.count !== found.length && `The HRIS announced ${manifest.count} employees and gave ${found.length}.`,
		illegible,
	];
	const [trouble] = troubles.filter((sentence) => typeof sentence === 'string');
	const list = { records, outOfScope, ...(trouble ? { trouble } : {}) };
	if (!manifest) return list;
	const { source, readAt, pages, count, complete } = manifest;
	return { ...list, manifest: { source, readAt, pages, count, complete } };
}

/** All members of the workspace as read, or why that failed. People who have left are not members. */
export function readMemberList(reading: ListReading<User> | { error: string }): MemberList {
	if ('error' in reading) return { members: [], trouble: `Notion's members could not be read: ${reading.error}` };
	const members = reading.rows.filter(({ active }) => active);
	if (!reading.complete) {
		const why = `The list of Notion's members is not complete. ${reading.reason ?? ''}`.trim();
		return { members, trouble: why };
	}
	return members.length === 0 ? { members, trouble: 'Notion listed no members at all.' } : { members };
}

/** Without a zone, or with the wrong one, access would end in the middle of the last day. */
export function zoneTrouble(timeZone: string): string | undefined {
	if (isTimeZone(timeZone)) return undefined;
	const what = timeZone === '' ? 'it is empty' : `"${timeZone}" is no time zone`;
	return `Enter Time Zone, such as Europe/Berlin: ${what}.`;
}

/** How rows and links name the employee of a record. */
export function employeeOf({ source, companyId, sourceId, email }: EmploymentRecord): Employee {
	return { source, companyId, employeeId: sourceId, email };
}

/**
 * The employment state of a record.
 * @param timeZone used if the record has none
 * @param now epoch milliseconds
 */
export function judged(record: EmploymentRecord, timeZone: string, now: number): Employment {
	return employmentOf(record, [record.timeZone, timeZone].find(isTimeZone) ?? '', now);
}

/** The member for an employee: by link, else by primary address. */
export function memberOf(employee: Employee, members: readonly User[], links: readonly Link[]): User | undefined {
	const linked = links
		.filter((link) => link.userId !== '' && link.employeeId !== '' && isAbout(link, employee))
		.map(({ userId }) => resourceId(userId));
	const byLink = members.find(({ id }) => linked.includes(resourceId(id)));
	const key = emailKey(employee.email);
	return byLink ?? (key === '' ? undefined : members.find(({ userName }) => emailKey(userName) === key));
}
