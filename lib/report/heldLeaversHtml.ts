import type { ReleaseAnswer } from '../lifecycle/release';
import { escapeHtml } from './escape';
import { LEAVER_REPORT_STYLE } from './leaverReportStyle';
import { sourceHash } from './sourceHash';

/** The page of held leavers: the list with its code, or why there is none. */
export function heldLeaversHtml(answer: ReleaseAnswer | { sentence: string }): string {
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${sourceHash(LEAVER_REPORT_STYLE)}'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<title>Held leavers</title>
<style>${LEAVER_REPORT_STYLE}</style>
</head>
<body>
<h1>Held leavers</h1>
<p>${escapeHtml(answer.sentence)}</p>
${'people' in answer ? list(answer) : ''}
</body>
</html>
`;
}

function list({ people, shown }: Extract<ReleaseAnswer, { decision: 'show' }>): string {
	const rows = people.map(({ displayName, email, source, employeeId, reason }) => {
		const cells = [displayName, email, `${source} ${employeeId}`.trim(), reason];
		return `<tr>${cells.map((cell) => `<td class="text">${escapeHtml(cell)}</td>`).join('')}</tr>`;
	});
	return `<p><strong>${people.length}</strong> leavers are held:</p>
<table>
<thead><tr><th scope="col">Name</th><th scope="col">Address</th><th scope="col">Employee</th><th scope="col">Why</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
<p>If every one of them must lose access, go back to the form and put in this code within the hour: <strong id="code">${escapeHtml(shown.code)}</strong></p>`;
}
