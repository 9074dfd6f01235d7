import type { LicenseReport, ReportedSeat } from '../directory/seats/license';
import type { ListEvidence } from '../directory/workspace/workspace';
import { SEAT_CLASSES } from '../directory/seats/seats';
import { amount, counted, dateText, instantText, quantity, sum } from './amounts';
import { escapeHtml } from './escape';
import { licensePicture } from './licensePicture';
import { LICENSE_REPORT_SCRIPT } from './licenseReportScript';
import { LICENSE_REPORT_STYLE } from './licenseReportStyle';
import { SEAT_CLASS_WORDS } from './seatClassWords';
import { sourceHash } from './sourceHash';

/** Group names beyond this number are only counted: the table is for reading. The CSV has all. */
const MOST_GROUPS = 4;

/** Seats of the last report that no longer exist are only counted beyond this number. */
const MOST_GONE = 50;

/**
 * report.html: one self-contained file. Its content security policy allows exactly its own script and style,
 * so that nothing injected through a name can run, and no network request is made.
 */
export function licenseReportHtml(report: LicenseReport): string {
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${sourceHash(LICENSE_REPORT_STYLE)}'; script-src '${sourceHash(LICENSE_REPORT_SCRIPT)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(report.title)}, ${dateText(report.reportedAt)}</title>
<style>${LICENSE_REPORT_STYLE}</style>
</head>
<body>
<header>
<p class="eyebrow">License reconciliation</p>
<h1>${escapeHtml(report.title)}</h1>
<p class="quiet">${escapeHtml(subtitle(report))}</p>
${alert(report)}
${figures(report)}
</header>
<main>
${money(report)}
${changes(report)}
${howToRead(report)}
${seatTable(report)}
${evidence(report)}
</main>
<script>${LICENSE_REPORT_SCRIPT}</script>
</body>
</html>
`;
}

function subtitle({ reportedAt, evidence }: LicenseReport): string {
	const sources = [...new Set(evidence.sources.map(({ source }) => source))];
	const compared = sources.length > 0 ? `compared with ${sources.join(', ')}` : 'compared with no directory';
	return `The members of Notion on ${instantText(reportedAt)}, ${compared}`;
}

function alert({ whyNot }: LicenseReport): string {
	if (whyNot.length === 0) return '';
	return `<div class="alert" role="alert">
<h2>No seat may be ended on this report</h2>
<p>The readings do not show who is absent, so no seat is called orphaned, and none can be picked for removal.</p>
<ul>${list(whyNot)}</ul>
</div>`;
}

function figures({ totals, terms, ...renewalOf }: LicenseReport): string {
	const contract =
		terms.contractedSeats === undefined
			? 'members of the workspace'
			: totals.beyondContract
				? `${quantity(totals.beyondContract)} more than the ${quantity(terms.contractedSeats)} of the contract`
				: totals.free
					? `${quantity(totals.free)} fewer than the ${quantity(terms.contractedSeats)} of the contract`
					: `as many as the ${quantity(terms.contractedSeats)} of the contract`;
	const renewal =
		terms.renewalDate === undefined
			? ''
			: figure(
					'Renewal',
					dateText(terms.renewalDate),
					renewalNote(renewalOf),
				);
	return `<dl class="figures">
${figure('Seats', quantity(totals.seats), contract)}
${totals.perMonth === null ? '' : figure('Cost', sum(totals.perMonth, terms.currency), costNote(terms, totals))}
${figure('May be ended', quantity(totals.removable), totals.removablePerYear === null ? 'seats, by decision of a person' : `seats, ${sum(totals.removablePerYear, terms.currency)} a year after the renewal`)}
${renewal}
</dl>`;
}

function renewalNote({
	monthsUntilRenewal: months,
	daysUntilRenewal: days,
	isRenewalPast,
}: Pick<LicenseReport, 'monthsUntilRenewal' | 'daysUntilRenewal' | 'isRenewalPast'>): string {
	if (isRenewalPast) return 'is past: enter the next one';
	if (!days) return 'is today; who is a member then is paid for';
	const time = days < 60 ? counted(days, 'day') : counted(months ?? 0, 'month');
	return `in ${time}; seats that end are paid for until then`;
}

/** The cost of the members, and of paid seats without a member: the invoice includes both. */
function costNote(
	{ costPerSeat = 0, currency }: LicenseReport['terms'],
	{ free }: LicenseReport['totals'],
): string {
	const each = `a month, at ${amount(costPerSeat, currency)} a seat`;
	return free
		? `${each}; ${sum(free * costPerSeat, currency)} more for the ${quantity(free)} that are not taken`
		: each;
}

function figure(name: string, value: string, note: string): string {
	return `<div><dt>${escapeHtml(name)}</dt><dd><span class="value">${escapeHtml(value)}</span><br><small>${escapeHtml(note)}</small></dd></div>`;
}

function money(report: LicenseReport): string {
	const { classes, terms, totals, monthsUntilRenewal, isRenewalPast } = report;
	const hasCost = terms.costPerSeat !== undefined;
	const hasRenewal = hasCost && monthsUntilRenewal !== null && !isRenewalPast;
	const cell = (value: number | null, isWide: boolean): string =>
		`<td class="number${isWide ? ' wide' : ''}">${value === null ? '' : escapeHtml(sum(value, terms.currency))}</td>`;
	const rows = classes.map(({ class: name, seats, perMonth, untilRenewal, perYear }) => {
		const { label, meaning, advice } = SEAT_CLASS_WORDS[name];
		const shown =
			seats > 0
				? `<button type="button" class="link" data-class="${name}">${escapeHtml(label)}</button>`
				: escapeHtml(label);
		return `<tr${seats > 0 ? '' : ' class="none"'}><th scope="row"><span class="swatch ${name}"></span>${shown}</th><td class="meaning">${escapeHtml(`${meaning} ${advice}`.trim())}</td><td class="number">${quantity(seats)}</td>${hasCost ? cell(perMonth, false) : ''}${hasRenewal ? cell(untilRenewal, true) : ''}${hasCost ? cell(perYear, true) : ''}</tr>`;
	});
	const total = totals.seats;
	const totalOf = (value: number): number => Math.round(total * (terms.costPerSeat ?? 0) * value * 100) / 100;
	return `<section aria-labelledby="money-title">
<h2 id="money-title">${hasCost ? 'Where the seats and the money go' : 'Where the seats go'}</h2>
${licensePicture(report)}
<table class="classes">
<thead><tr><th scope="col">Class</th><th scope="col" class="meaning">What it means</th><th scope="col" class="number">Seats</th>${hasCost ? '<th scope="col" class="number">A month</th>' : ''}${hasRenewal ? '<th scope="col" class="number wide">Until renewal</th>' : ''}${hasCost ? '<th scope="col" class="number wide">A year</th>' : ''}</tr></thead>
<tbody>${rows.join('\n')}</tbody>
<tfoot><tr><th scope="row">All seats</th><td class="meaning"></td><td class="number">${quantity(total)}</td>${hasCost ? cell(totalOf(1), false) : ''}${hasRenewal ? cell(totalOf(monthsUntilRenewal ?? 0), true) : ''}${hasCost ? cell(totalOf(12), true) : ''}</tr></tfoot>
</table>
</section>`;
}

function changes(report: LicenseReport): string {
	const { changes: since } = report;
	const title = '<h2 id="changes-title">Since the last report</h2>';
	if (since === undefined) {
		return `<section aria-labelledby="changes-title">${title}<p class="quiet">This is the first report. The next one says what has changed.</p></section>`;
	}
	const { added, gone, changedClass } = since;
	const on = instantText(since.since);
	if (added + gone.length + changedClass === 0) {
		return `<section aria-labelledby="changes-title">${title}<p>Nothing has changed since ${on}: the same seats in the same classes.</p></section>`;
	}
	const shifts = report.classes
		.map(({ class: name, seats }) => ({ name, difference: seats - (since.before[name] ?? 0) }))
		.filter(({ difference }) => difference !== 0)
		.map(
			({ name, difference }) =>
				`${SEAT_CLASS_WORDS[name].label} ${difference > 0 ? '+' : '\u2212'}${quantity(Math.abs(difference))}`,
		);
	const shown = gone.slice(0, MOST_GONE).map(
		({ email, classBefore }) => `${email} (was ${SEAT_CLASS_WORDS[classBefore].label.toLowerCase()})`,
	);
	const more = gone.length - shown.length;
	return `<section aria-labelledby="changes-title">${title}
<p>Since ${on}: ${counted(added, 'new seat')}, ${counted(gone.length, 'seat')} gone, ${counted(changedClass, 'seat')} in another class.${shifts.length > 0 ? ` By class: ${escapeHtml(shifts.join(', '))}.` : ''}</p>
${
	gone.length > 0
		? `<details><summary>Seats that are gone</summary><ul>${list(shown)}${more > 0 ? `<li>and ${quantity(more)} more</li>` : ''}</ul></details>`
		: ''
}</section>`;
}

function seatTable(report: LicenseReport): string {
	const { seats, terms, totals, changes: since } = report;
	const options = report.classes
		.filter((one) => one.seats > 0)
		.map(({ class: name }) => `<option value="${name}">${escapeHtml(SEAT_CLASS_WORDS[name].label)}</option>`);
	const headers = ['Person', 'Class', 'Role', 'Department', 'Groups'].map(
		(name) =>
			`<th scope="col"${name === 'Class' ? ' aria-sort="ascending"' : ''}><button type="button" class="sort">${name}</button></th>`,
	);
	return `<section aria-labelledby="seats-title">
<h2 id="seats-title">Every seat</h2>
<div class="controls" id="controls" role="search" aria-label="Seats" hidden>
<label>Search<input type="search" id="search" placeholder="Name, address, group, reason" autocomplete="off" spellcheck="false"></label>
<label>Class<select id="pick"><option value="">All classes</option><option value="look">All but matched</option>${options.join('')}</select></label>
${since === undefined ? '' : '<label class="check"><input type="checkbox" id="changed">Changed since the last report</label>'}
${totals.removable > 0 ? '<label class="check"><input type="checkbox" id="removable">May be ended</label>' : ''}
<button type="button" id="reset">Reset</button>
</div>
<p id="status" role="status" class="quiet">All ${counted(seats.length, 'seat')}.</p>
<table class="seats" id="seats" data-cost="${terms.costPerSeat ?? 0}" data-currency="${escapeHtml(terms.currency)}">
<colgroup><col class="person"><col class="class"><col class="role"><col class="department"><col class="groups"></colgroup>
<thead><tr>${headers.join('')}</tr></thead>
<tbody>
${seats.map(seatRow).join('\n')}
</tbody>
</table>
<p class="more" id="more" hidden><button type="button"></button></p>
</section>`;
}

function seatRow(seat: ReportedSeat): string {
	const { label } = SEAT_CLASS_WORDS[seat.class];
	const order = String(SEAT_CLASSES.indexOf(seat.class));
	const marks = `${seat.change ? ` data-change="${seat.change}"` : ''}${seat.removable ? ' data-removable=""' : ''}`;
	const tag =
		seat.change === 'new'
			? '<em class="tag">new</em>'
			: seat.classBefore && seat.change === 'changed'
				? `<em class="tag">was ${escapeHtml(SEAT_CLASS_WORDS[seat.classBefore].label.toLowerCase())}</em>`
				: '';
	const person = seat.displayName
		? `<b>${escapeHtml(seat.displayName)}</b><span>${escapeHtml(seat.email)}</span>`
		: `<b>${escapeHtml(seat.email)}</b>`;
	const groups = seat.groups.slice(0, MOST_GROUPS).join(', ');
	const more = seat.groups.length - MOST_GROUPS;
	const manager = seat.managerEmail ? `<span>${escapeHtml(seat.managerEmail)}</span>` : '';
	return `<tr class="${seat.class}" data-order="${order}"${marks}><th scope="row">${person}</th><td><i></i>${escapeHtml(label)}${tag}<span>${escapeHtml(seat.reason)}</span></td><td data-title="Role">${escapeHtml(roleText(seat.role))}</td><td data-title="Department">${escapeHtml(seat.department ?? '')}${manager}</td><td data-title="Groups">${escapeHtml(more > 0 ? `${groups} and ${more} more` : groups)}</td></tr>`;
}

function roleText(role: string): string {
	return role.replaceAll('_', ' ');
}

function howToRead({ notes }: LicenseReport): string {
	return `<section aria-labelledby="reading-title">
<h2 id="reading-title">How to read this</h2>
<ul class="prose">${list(notes)}</ul>
</section>`;
}

function evidence({ evidence: known, totals, terms }: LicenseReport): string {
	const { workspace, sources, persons } = known;
	const facts: Array<[string, string]> = [
		['Notion read', `${instantText(workspace.startedAt)} to ${instantText(workspace.readAt)}`],
		['Users', listText(workspace.users)],
		['Groups', listText(workspace.groups)],
		...sources.map((source): [string, string] => [
			`Directory ${source.source}`,
			`${counted(source.count, 'person', 'people')} in ${counted(source.pages, 'request')}, read ${instantText(source.readAt)}; ${
				source.complete ? 'it says that this is the whole list' : 'it does NOT say that this is the whole list'
			}.${source.explanation ? ` ${source.explanation}` : ''}`,
		]),
		['People in the directory', quantity(persons)],
		['Workspace', `known by the mark ${known.workspaceId}, which is made from the SCIM token`],
		['Made by', `n8n-nodes-notion-scim ${known.version}`],
		...(totals.beyondContract
			? [['Beyond the contract', `${counted(totals.beyondContract, 'seat')}; the contract has ${quantity(terms.contractedSeats ?? 0)}.`] satisfies [string, string]]
			: []),
	];
	return `<section aria-labelledby="evidence-title">
<h2 id="evidence-title">How it is known to be whole</h2>
<dl class="facts">${facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>
</section>`;
}

function listText({ count, firstTotal, lastTotal, pages, passes }: ListEvidence): string {
	return `${quantity(count)} different ones; Notion said ${quantity(firstTotal)} at first and ${quantity(lastTotal)} at last, in ${counted(pages, 'request')} and ${counted(passes, 'pass', 'passes')}`;
}

function list(sentences: readonly string[]): string {
	return sentences.map((sentence) => `<li>${escapeHtml(sentence)}</li>`).join('');
}
