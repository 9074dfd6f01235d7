import type { ChangeKind } from '../lifecycle/journal';

/** Which controls of SOC 2 (CC6) and ISO 27001:2022 (Annex A) a row of the journal is evidence for. */
const CONTROLS: Readonly<Record<ChangeKind, readonly string[]>> = {
	hire: ['CC6.2', 'CC6.3', 'A.5.16', 'A.5.18'],
	change: ['A.5.16'],
	leave: ['CC6.2', 'CC6.3', 'A.5.16', 'A.5.18'],
	watch: ['CC6.2', 'A.5.18'],
	remind: ['A.5.18'],
	emergency: ['CC6.1', 'CC6.3', 'A.5.17', 'A.5.18'],
	sync: ['CC6.1', 'CC6.2', 'CC6.3', 'A.5.16', 'A.5.18'],
	seat: ['CC6.2', 'CC6.3', 'A.5.18'],
	revoke: ['CC6.2', 'CC6.3', 'A.5.18'],
};

/** @param kind as in the journal; a kind that an admin made up answers nothing */
export function controlsOf(kind: string): readonly string[] {
	return Object.entries(CONTROLS).find(([name]) => name === kind)?.[1] ?? [];
}
