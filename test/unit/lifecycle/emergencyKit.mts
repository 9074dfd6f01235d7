import type { EmergencyApp } from '../../../lib/lifecycle/details.ts';
import type { EmergencySettings } from '../../../lib/lifecycle/emergency/emergencyRules.ts';
import { protectedList } from '../../../lib/lifecycle/emergency/protectedList.ts';
import type { StoredChange } from '../../../lib/lifecycle/journal.ts';
import { newChange } from '../../../lib/lifecycle/journal.ts';

export const NOW = Date.parse('2026-02-03T10:00:00Z');

export const minutesAgo = (minutes: number): number => NOW - minutes * 60_000;

export const emergencySettings = (more: Partial<EmergencySettings> = {}): EmergencySettings => ({
	apps: ['notion', 'entra', 'okta', 'google'],
	protectedResponders: protectedList(''),
	limitPeople: 5,
	limitHours: 1,
	confirmWithinHours: 4,
	alertIfNotFound: true,
	...more,
});

/** A row of a call about a person, stored just now; a test states what it is about. */
export function emergencyRow(
	id: number,
	person: string,
	{ app = 'notion', call = 'edr|msg_1', ...more }: Partial<StoredChange> & { app?: EmergencyApp; call?: string } = {},
): StoredChange {
	const details = { app, ...more.details };
	const base = newChange({ kind: 'emergency', state: 'received', key: `emergency|${call}|${person}|${app}`, email: person });
	return { ...base, id, createdAt: NOW, updatedAt: NOW, ...more, details };
}
