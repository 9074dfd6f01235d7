import { readAnswers } from '../../../lib/lifecycle/answers.ts';
import type { Decision, FoundMember, LookUp } from '../../../lib/lifecycle/decision.ts';
import type { Change, StoredChange } from '../../../lib/lifecycle/journal.ts';
import { newChange, readChanges } from '../../../lib/lifecycle/journal.ts';
import { joiners } from '../../../lib/lifecycle/joiners/joiners.ts';
import type { JoinerSettings } from '../../../lib/lifecycle/joiners/joinerSettings.ts';
import { readLinks } from '../../../lib/lifecycle/links.ts';
import type { Plan } from '../../../lib/lifecycle/plan.ts';
import { planChanges } from '../../../lib/lifecycle/plan.ts';

export type Fields = Record<string, unknown>;

export const SETTINGS: JoinerSettings = {
	timeZone: 'Europe/Berlin',
	leadHours: 0,
	departmentGroups: ['All Staff', 'Sales', 'Sales'].map((name) => ({ department: 'Sales', group: { name } })),
	defaultRole: 'member',
	createMissingGroups: false,
};

export const RECORD = {
	found: true,
	source: 'bamboohr',
	sourceId: '7',
	status: 'active',
	email: 'ada@example.com',
	displayName: 'Ada Lovelace',
	department: 'Sales',
	startDate: '2026-05-04',
};

export const LINK = { id: 1, source: 'bamboohr', employeeId: '7', companyId: '', email: 'ada@example.com', userId: 'u-7' };

/** The row of the event that the tests are about. */
export const EVENT_ROW = 50;

export interface Known {
	/** Columns of the row of the event. */
	event?: Partial<StoredChange>;
	/** Fields that differ from RECORD's; null for an employee the HRIS does not know. */
	record?: Fields | null;
	others?: Fields[];
	/** What the HRIS failed with. */
	unreadable?: string;
	rows?: StoredChange[];
	links?: Fields[];
	settings?: Partial<JoinerSettings>;
	now?: string;
	/** Whom a look-up finds; undefined for no one. */
	member?: { id?: string; email: string; role?: string };
	failure?: { kind: string; text: string };
}

export interface Decided extends Omit<Decision, 'rows'> {
	plan: Plan;
	/** The row that stands: what is done or waits is in it. */
	main: StoredChange | Change;
	/** The row of the event. */
	own: StoredChange;
	/** Every row that changes, by its ID. */
	rows: Map<number, StoredChange>;
	/** Who was looked up. */
	lookedUp: LookUp[];
}

export const stored = (values: Partial<StoredChange> & Pick<Change, 'kind' | 'state'>): StoredChange => ({
	...newChange(values),
	id: 3,
	createdAt: Date.parse('2026-04-01T00:00:00Z'),
	updatedAt: Date.parse('2026-04-01T00:00:00Z'),
	...values,
});

/** A hire that waits for its day. */
export const waiting = (more: Partial<StoredChange> = {}): StoredChange =>
	stored({
		kind: 'hire',
		state: 'scheduled',
		source: 'bamboohr',
		employeeId: '7',
		event: 'hired',
		dueAt: '2026-05-03T22:00:00.000Z',
		effectiveDate: '2026-05-04',
		...more,
	});

/** What is decided on one event. */
export async function decide(known: Known = {}): Promise<Decided> {
	const now = Date.parse(known.now ?? '2026-06-01T12:00:00Z');
	const row = stored({
		id: EVENT_ROW,
		kind: known.event?.event === 'changed' ? 'change' : 'hire',
		state: 'received',
		key: 'joiners|bamboohr||e1|7',
		event: 'hired',
		source: 'bamboohr',
		employeeId: '7',
		createdAt: now,
		updatedAt: now,
		...known.event,
	});
	const asked = { employeeId: row.employeeId, email: row.email };
	const records = [...(known.record === null ? [] : [{ ...RECORD, ...known.record }]), ...(known.others ?? [])];
	const answers =
		known.unreadable !== undefined
			? [{ error: known.unreadable }]
			: records.length > 0
				? records.map((record) => ({ ...record, asked }))
				: [{ found: false, source: 'bamboohr', asked }];
	const lookedUp: LookUp[] = [];
	const plan = await planChanges(
		{
			events: { rows: [row], unreadable: [] },
			journal: { rows: known.rows ?? [], unreadable: [] },
			links: readLinks(known.links ?? []),
			answers: readAnswers(answers),
			execution: '42',
			now,
		},
		joiners({ ...SETTINGS, ...known.settings }),
		async (who) => {
			lookedUp.push({ userId: who.userId, email: who.email });
			return await Promise.resolve(found(known));
		},
	);
	const [decision] = plan.decisions;
	if (!decision) throw new Error('Nothing was decided.');
	const rows = new Map(plan.changes.flatMap((change) => ('id' in change ? [[change.id, change] as const] : [])));
	const own = rows.get(EVENT_ROW);
	if (!own) throw new Error('The row of the event stays received.');
	const main = [...rows.values()].find(({ outcome }) => outcome !== 'merged') ?? own;
	const { alert: _without, ...rest } = decision;
	return { ...rest, ...(plan.alerts[0] ? { alert: plan.alerts[0] } : {}), plan, rows, own, main, lookedUp };
}

function found({ member, failure }: Known): FoundMember {
	if (failure) return { failure };
	return { member: member && { id: 'u-7', role: 'member', ...member } };
}

/** The rows of a journal from what a Data Table gives. */
export function journalOf(items: unknown[]): StoredChange[] {
	return readChanges(items).rows;
}
