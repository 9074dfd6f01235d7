import type { Alert } from '../decision';
import type { ReadRows, StoredChange } from '../journal';
import { alertOfUnreadable, newestById } from '../plan';
import { planAlerts } from '../words/emergencyAlerts';
import type { EmergencySettings } from './emergencyRules';
import { decideOnEmergency } from './emergencyRules';
import { firstPeople } from './limit';

/** The inputs for planning emergencies. */
export interface EmergencyInputs {
	/** The rows that this execution has just stored or received. */
	events: ReadRows;
	/** The rows of the window of the limit, read after the events were stored. */
	window: ReadRows;
	/** The execution that plans. */
	execution: string;
	/** Epoch milliseconds. */
	now: number;
}

export interface EmergencyPlan {
	/** Each row that was `received`, as it is afterwards. */
	changes: StoredChange[];
	alerts: Alert[];
}

/** Decides on every person and app, oldest row first, so that a later decision sees the earlier ones. */
export function planEmergencies(
	{ events, window, execution, now }: EmergencyInputs,
	settings: EmergencySettings,
): EmergencyPlan {
	const rows = newestById([...window.rows, ...events.rows]);
	const order = [...rows.keys()].sort((one, other) => one - other);
	const inOrder = (): StoredChange[] => order.flatMap((id) => rows.get(id) ?? []);
	const ids = idsByKey(inOrder());
	const ofRun = new Set(events.rows.map(({ id }) => id));
	const isOfRun = ({ id }: StoredChange): boolean => ofRun.has(id);
	const changes: StoredChange[] = [];
	for (const id of order) {
		const row = rows.get(id);
		if (!row || !isOfRun(row) || row.state !== 'received') continue;
		const sameKey = (ids.get(row.key) ?? []).flatMap((other) => (other === id ? [] : (rows.get(other) ?? [])));
		const isCountable = window.unreadable.length === 0;
		const first = isCountable ? firstPeople(inOrder(), settings, { isOfRun, now }) : undefined;
		const after = decideOnEmergency({ row, sameKey, first, settings, now });
		rows.set(id, { ...after, updatedAt: now });
		changes.push(after);
	}
	const unreadable = [...events.unreadable, ...window.unreadable].map(alertOfUnreadable);
	return { changes, alerts: [...planAlerts(changes, settings, execution), ...unreadable] };
}

function idsByKey(rows: readonly StoredChange[]): Map<string, number[]> {
	const ids = new Map<string, number[]>();
	for (const { key, id } of rows) {
		const known = ids.get(key);
		if (known) known.push(id);
		else ids.set(key, [id]);
	}
	return ids;
}
