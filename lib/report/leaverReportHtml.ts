import type { LeaverEntry, LeaverReport } from '../lifecycle/leaverReport';
import { escapeHtml } from './escape';
import { LEAVER_OUTCOME_WORDS } from './leaverOutcomeWords';
import { LEAVER_REPORT_STYLE } from './leaverReportStyle';
import { leaverStatements, localTime } from './leaverStatements';
import { sourceHash } from './sourceHash';

const BLIND_SPOTS = [
	'Guests, who are not members: they keep the pages that were shared with them.',
	'Pages that are public on the web, and links that people passed on.',
	'Pages that were shared with a person one by one.',
	'Bots, integrations and API keys that a leaver made.',
	'The Notion account itself, which belongs to the person and survives; only its membership in this workspace ends.',
];

/**
 * The leaver report as one self-contained file. Its content security policy allows exactly its own style and
 * no script.
 * @param about who created it, as a sentence for its footer
 */
export function leaverReportHtml(report: LeaverReport, about: string): string {
	const { title, promise, totals, warnings, population } = leaverStatements(report);
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${sourceHash(LEAVER_REPORT_STYLE)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${LEAVER_REPORT_STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(promise)}</p>
${warnings.map((sentence) => `<p class="warning">${escapeHtml(sentence)}</p>`).join('\n')}
<ul class="totals">${totals.map(([name, count]) => `<li><strong>${count}</strong>${escapeHtml(name)}</li>`).join('')}</ul>
${table(report)}
<p><small>Minutes: from Effective or Known, whichever is later, to Verified; for what is open, until this report. For those only the nightly comparison found, always from Effective.</small></p>
<h2>How it is known who belongs in this report</h2>
${list(population)}
<h2>What cannot be seen here</h2>
<p>SCIM shows the members of the workspace and nothing else. It cannot see:</p>
${list(BLIND_SPOTS)}
<p><small>${escapeHtml(about)}</small></p>
</main>
</body>
</html>
`;
}

function table({ entries, zone }: LeaverReport): string {
	const rows = entries.map((entry) => entryRow(entry, zone)).join('\n');
	return `<div class="wide" role="region" aria-label="Leavers" tabindex="0"><table>
<thead><tr><th scope="col">Person</th><th scope="col">Last day</th><th scope="col">Effective</th><th scope="col">Known</th><th scope="col">Removed</th><th scope="col">Verified</th><th scope="col" class="number">Minutes</th><th scope="col">Outcome</th></tr></thead>
<tbody>
${rows || '<tr><td colspan="8">No one has left.</td></tr>'}
</tbody>
</table></div>`;
}

function entryRow(entry: LeaverEntry, zone: string): string {
	const times = [entry.effective, entry.known, entry.removed, entry.verified].map(
		(instant) => `<td class="time">${localTime(instant, zone).replace(' ', '<br>')}</td>`,
	);
	const found = entry.isMissed ? 'Found by the nightly comparison only' : '';
	return [
		`<tr${entry.isLate ? ' class="late"' : ''}>`,
		`<td class="text">${escapeHtml(entry.name)}${small(entry.email)}${small(entry.employee)}</td>`,
		`<td class="time">${escapeHtml(entry.lastDay)}</td>`,
		...times,
		`<td class="number">${entry.minutes ?? ''}</td>`,
		`<td class="text">${entry.isLate ? '<strong>LATE</strong> ' : ''}${escapeHtml(LEAVER_OUTCOME_WORDS[entry.outcome])}${small(found)}${small(entry.note)}</td>`,
		'</tr>',
	].join('');
}

function small(text: string): string {
	return text === '' ? '' : `<br><small>${escapeHtml(text)}</small>`;
}

function list(sentences: readonly string[]): string {
	return `<ul>${sentences.map((sentence) => `<li>${escapeHtml(sentence)}</li>`).join('')}</ul>`;
}
