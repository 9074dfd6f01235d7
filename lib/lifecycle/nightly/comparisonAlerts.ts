import type { Alert } from '../decision';
import { nameOf } from '../employees';
import type { EmploymentRecord } from '../employment';
import type { StoredChange } from '../journal';
import { isoText } from '../zones';
import type { LeaverFinding } from './missedLeavers';
import { someOf } from './wording';

type Unmatched = Extract<LeaverFinding, { found: 'unmatched' }>;

/** The inputs of the alerts of a night. */
export interface NightlyFindings {
	/** Why leavers were not compared. */
	trouble: readonly string[];
	findings: readonly LeaverFinding[];
	missedHires: readonly EmploymentRecord[];
	/** Rows of removals that can no longer be finished. */
	ended: readonly StoredChange[];
	joinersTrouble: string | undefined;
	/** The journal: the admin is not alerted twice about the same finding. */
	rows: readonly StoredChange[];
}

export function comparisonAlerts(night: NightlyFindings): Alert[] {
	const { trouble, findings, ended, joinersTrouble, missedHires, rows } = night;
	return [
		...trouble.map((text) => ({
			key: 'nightly: reading',
			text: `The nightly comparison of the HRIS with Notion was not made, and no one was touched. ${text}`,
		})),
		...(joinersTrouble === undefined
			? []
			: [{ key: 'nightly: reading employees', text: `Missed hires were not looked for. ${joinersTrouble}` }]),
		...heldAlert(findings),
		...missedAlert(findings),
		...hiresAlert(missedHires),
		...endedAlert(ended),
		...unclearAlert(findings),
		...findings.flatMap((finding) => {
			if (finding.found !== 'unmatched') return [];
			const alert = unmatchedAlert(finding);
			return rows.some(({ outcome, reason }) => outcome === 'unmatched' && reason === alert.text) ? [] : [alert];
		}),
	];
}

/**
 * A leaver who is not a member. If that probably needs no action, the message is informational and is sent
 * once.
 */
export function unmatchedAlert({ record, namesake }: Unmatched): Alert {
	const address = record.email || 'the HRIS has no address';
	const advice = namesake
		? `A member of the same name is ${namesake.userName}: look whether that is the same person, and remove them if so.`
		: record.email === ''
			? 'Look in Notion under Settings, People, whether this person is there under another address.'
			: 'Nothing is on record here either: probably this person never was a member.';
	return {
		key: 'nightly: unmatched',
		text: `${nameIn(record)} has left on ${record.endDate} and is no member of Notion by link or by address (${address}). ${advice}`,
		...(record.email !== '' && !namesake ? { note: true } : {}),
	};
}

function heldAlert(findings: readonly LeaverFinding[]): Alert[] {
	const held = findings.filter(({ found }) => found === 'held');
	if (held.length === 0) return [];
	return [
		{
			key: 'offboarding: held',
			text: `${held.length} leavers are still members because the limit stopped them: ${names(held)}. Look at the list of held leavers, and release them if it is right.`,
		},
	];
}

function missedAlert(findings: readonly LeaverFinding[]): Alert[] {
	const missed = findings.filter(({ found }) => found === 'missed' || found === 'unfinished');
	if (missed.length === 0) return [];
	return [
		{
			key: 'nightly: missed leavers',
			text: `${missed.length} leavers were still members after their last day, or their removal was not finished: ${names(missed)}. It is done now, within the limit. Look whether the HRIS sends every event to n8n.`,
			note: true,
		},
	];
}

function hiresAlert(missed: readonly EmploymentRecord[]): Alert[] {
	if (missed.length === 0) return [];
	return [
		{
			key: 'nightly: missed hires',
			text: `${missed.length} people have begun and were never added to Notion: ${someOf(missed.map(nameIn))}. It is done now. Look whether the HRIS sends every event to n8n.`,
			note: true,
		},
	];
}

function endedAlert(ended: readonly StoredChange[]): Alert[] {
	if (ended.length === 0) return [];
	const list = someOf(ended.map((row) => `${nameOf(row)}, begun ${row.details.intendedAt ?? isoText(row.createdAt)}`));
	return [
		{
			key: 'nightly: orphans gone',
			text: `A removal was begun and nothing was heard of it, and these people are no members any more: ${list}. Their rows are closed now. Perhaps no one was told: private pages can be transferred for 30 days (in Notion: Settings, People); ask their managers.`,
		},
	];
}

function unclearAlert(findings: readonly LeaverFinding[]): Alert[] {
	const unclear = findings.flatMap((one) => (one.found === 'unclear' ? [`${nameIn(one.record)}: ${one.why}`] : []));
	if (unclear.length === 0) return [];
	return [
		{
			key: 'nightly: unclear',
			text: `The HRIS does not say clearly whether these people have left: ${someOf(unclear)}. Nothing was removed. Correct it in the HRIS.`,
		},
	];
}

function names(findings: readonly LeaverFinding[]): string {
	return someOf(findings.map(({ record }) => nameIn(record)));
}

function nameIn({ displayName, email, sourceId }: EmploymentRecord): string {
	return nameOf({ displayName, email, employeeId: sourceId });
}
