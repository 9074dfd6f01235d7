/** The style of report.html: light and dark, on a phone, on a wide screen and on paper. */
export const LICENSE_REPORT_STYLE = `
:root {
	color-scheme: light dark;
	--page: #fbfbfa; --card: #ffffff; --ink: #22252b; --quiet: #5d6470; --line: #e4e5e7; --soft: #ebedf0;
	--accent: #2f5d8f; --warn: #8a3b12; --warn-page: #fdf1e7;
	--ownerNotInDirectory: #8d2f61; --inactiveInDirectory: #c0452e; --orphaned: #c2701a; --possibleDuplicate: #95801a;
	--foreignDomain: #4a8263; --outOfScope: #2f7f92; --unclear: #73777f; --nonHuman: #7562ab; --matched: #7294bd;
}
@media (prefers-color-scheme: dark) {
	:root {
		--page: #16181c; --card: #1d2025; --ink: #e8e9eb; --quiet: #a3a9b3; --line: #31353c; --soft: #262a30;
		--accent: #8fb7e3; --warn: #f3b489; --warn-page: #38271b;
		--ownerNotInDirectory: #d277a5; --inactiveInDirectory: #e57a64; --orphaned: #e0994b; --possibleDuplicate: #c9b44a;
		--foreignDomain: #77b694; --outOfScope: #62b3c6; --unclear: #9a9ea6; --nonHuman: #a898d8; --matched: #6789b3;
	}
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
	margin: 0; background: var(--page); color: var(--ink);
	font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
	font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
main, header { max-width: 78rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 3rem); }
header { padding-top: clamp(1.5rem, 5vw, 3.5rem); }
main { padding-bottom: 4rem; }
h1 { margin: 0 0 .3rem; font-size: clamp(1.6rem, 4.2vw, 2.3rem); line-height: 1.15; font-weight: 650; letter-spacing: -.02em; text-wrap: balance; }
h2 { margin: 0 0 1rem; font-size: 1.15rem; line-height: 1.3; font-weight: 650; letter-spacing: -.01em; }
p { margin: 0 0 .7rem; }
.eyebrow { margin: 0 0 .5rem; color: var(--accent); font-size: .82rem; font-weight: 600; letter-spacing: .02em; }
.quiet, small { color: var(--quiet); font-size: .87rem; }
section { margin-top: clamp(2rem, 4vw, 3rem); }
.alert { margin-top: 1.5rem; padding: 1rem 1.2rem; border-left: 4px solid var(--warn); border-radius: 4px; background: var(--warn-page); }
.alert h2 { color: var(--warn); margin-bottom: .4rem; }
.alert p:last-child, .alert ul:last-child { margin-bottom: 0; }
ul { margin: 0 0 .7rem; padding-left: 1.2rem; }
li { margin-bottom: .3rem; }

.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11.5rem, 1fr)); gap: 0; margin: 2rem 0 0; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); }
.figures div { padding: 1.1rem 1.2rem 1.1rem 0; }
.figures dt { color: var(--quiet); font-size: .87rem; }
.figures dd { margin: 0; }
.figures .value { font-size: clamp(1.5rem, 3.4vw, 2rem); line-height: 1.25; font-weight: 650; letter-spacing: -.02em; }

.picture { margin: 0 0 1.6rem; }
.picture svg { display: block; width: 100%; overflow: visible; }
.bar { height: 26px; }
.bar.large { height: 64px; }
.bar rect { fill: var(--c); stroke: var(--page); stroke-width: 2px; }
.bar rect.free { fill: url(#hatch); stroke: var(--quiet); stroke-width: 1px; }
.hatch { stroke: var(--quiet); stroke-width: 1.5px; }
.bar text { fill: var(--ink); font-size: 13px; font-weight: 600; text-anchor: middle; }
.zoom { height: 34px; }
.zoom polygon { fill: var(--soft); }
.keys { display: flex; flex-wrap: wrap; gap: .3rem 1.8rem; margin-bottom: .6rem; }
.key b { font-weight: 650; }
.key .money { color: var(--quiet); }
.key::before, .swatch { content: ""; display: inline-block; width: .7em; height: .7em; margin-right: .5em; border-radius: 2px; background: var(--c, var(--ink)); }
.key.rest::before { background: linear-gradient(90deg, var(--inactiveInDirectory) 50%, var(--orphaned) 50%); }
.key.free::before { background: none; border: 1px dashed var(--quiet); }
.ownerNotInDirectory { --c: var(--ownerNotInDirectory); } .inactiveInDirectory { --c: var(--inactiveInDirectory); }
.orphaned { --c: var(--orphaned); } .possibleDuplicate { --c: var(--possibleDuplicate); }
.foreignDomain { --c: var(--foreignDomain); } .outOfScope { --c: var(--outOfScope); } .unclear { --c: var(--unclear); }
.nonHuman { --c: var(--nonHuman); } .matched { --c: var(--matched); }

table { width: 100%; border-collapse: collapse; text-align: left; }
th, td { padding: .55rem .9rem .55rem 0; border-bottom: 1px solid var(--line); vertical-align: top; font-weight: 400; }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--quiet); font-size: .87rem; vertical-align: bottom; border-bottom-color: var(--quiet); }
.number { text-align: right; white-space: nowrap; }
tfoot th, tfoot td { border-bottom: 0; font-weight: 650; }
.meaning { color: var(--quiet); }
.classes th[scope=row] { white-space: nowrap; font-weight: 600; }
.classes .none th, .classes .none td { color: var(--quiet); font-weight: 400; }

button, input, select { font: inherit; color: inherit; }
button { cursor: pointer; }
.link { padding: 0; border: 0; background: none; font-weight: 600; text-decoration: underline; text-decoration-color: var(--line); text-decoration-thickness: 2px; text-underline-offset: 3px; text-align: left; }
.link:hover { text-decoration-color: currentColor; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.controls { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; margin-bottom: .8rem; }
.controls label { display: grid; gap: .2rem; color: var(--quiet); font-size: .87rem; }
.controls label.check { display: flex; gap: .5rem; align-items: center; min-height: 2.5rem; color: var(--ink); }
.controls input[type=search], .controls select, .more button, .controls button { min-height: 2.5rem; padding: .35rem .7rem; border: 1px solid var(--quiet); border-radius: 6px; background: var(--card); color: var(--ink); font-size: .95rem; }
.controls input[type=search] { width: min(22rem, 80vw); }
.controls input[type=checkbox] { width: 1.1rem; height: 1.1rem; accent-color: var(--accent); }
.more { margin: 1rem 0 0; }
[hidden] { display: none !important; }

.seats { table-layout: fixed; }
.seats col.person { width: 26%; } .seats col.class { width: 35%; } .seats col.role { width: 11%; } .seats col.department { width: 15%; } .seats col.groups { width: 13%; }
.seats b { font-weight: 600; }
.seats span { display: block; color: var(--quiet); font-size: .87rem; }
.seats .tag { display: inline-block; margin-left: .5em; padding: 0 .5em; border: 1px solid var(--quiet); border-radius: 1em; font-size: .75rem; line-height: 1.5; }
.seats i { display: inline-block; width: .7em; height: .7em; margin-right: .5em; border-radius: 2px; background: var(--c); }
.sort { padding: 0; border: 0; background: none; color: inherit; text-align: left; }
.sort::after { content: "\\2195"; display: inline-block; width: 1em; margin-left: .25em; opacity: .45; }
[aria-sort=ascending] .sort, [aria-sort=descending] .sort { color: var(--ink); font-weight: 600; }
[aria-sort=ascending] .sort::after { content: "\\2191"; opacity: 1; }
[aria-sort=descending] .sort::after { content: "\\2193"; opacity: 1; }
.out { display: none; }

dl.facts { display: grid; grid-template-columns: minmax(9rem, max-content) 1fr; gap: .4rem 1.5rem; margin: 0; }
dl.facts dt { color: var(--quiet); }
dl.facts dd { margin: 0; }
.prose { max-width: 46rem; }
details summary { cursor: pointer; font-weight: 600; }

@media screen and (min-width: 100rem) { body { font-size: 16px; } main, header { max-width: 92rem; } }
@media screen and (max-width: 44rem) {
	.classes .meaning, .classes .wide { display: none; }
	.classes th[scope=row] { white-space: normal; }
	dl.facts { grid-template-columns: 1fr; gap: 0; }
	dl.facts dd { margin-bottom: .7rem; }
	.figures { grid-template-columns: 1fr 1fr; }
	.controls label, .controls input[type=search], .controls select { width: 100%; }
	.controls label.check { width: auto; }
	.seats, .seats tbody { display: block; }
	.seats colgroup { display: none; }
	.seats thead, .seats thead tr { display: flex; flex-wrap: wrap; gap: 0 1.2rem; }
	.seats thead th { padding: 0 0 .4rem; border: 0; }
	.seats tbody tr { display: block; padding: .8rem 0; border-bottom: 1px solid var(--line); }
	.seats tbody th, .seats tbody td { display: block; padding: 0; border: 0; }
	.seats tbody td:nth-child(2) { margin: .35rem 0; }
	.seats tbody td[data-title]:not(:empty)::before { content: attr(data-title) ": "; color: var(--quiet); }
	.seats tbody td[data-title] span { display: inline; }
	.seats tbody td[data-title] span::before { content: " \\00B7 "; }
}
@media screen and (min-width: 44.01rem) {
	.seats thead th { position: sticky; top: 0; background: var(--page); z-index: 1; box-shadow: 0 1px 0 var(--quiet); }
}
@media screen {
	.later { display: none !important; }
	.seats tbody tr.out { display: none; }
}
@media print {
	@page { size: A4; margin: 16mm 14mm; }
	:root {
		color-scheme: light;
		--page: #fff; --card: #fff; --ink: #000; --quiet: #4a4f58; --line: #d4d6d9; --soft: #eeeff1; --accent: #2f5d8f; --warn: #8a3b12; --warn-page: #fff;
		--ownerNotInDirectory: #8d2f61; --inactiveInDirectory: #c0452e; --orphaned: #c2701a; --possibleDuplicate: #95801a;
		--foreignDomain: #4a8263; --outOfScope: #2f7f92; --unclear: #73777f; --nonHuman: #7562ab; --matched: #7294bd;
	}
	html { font-size: 9pt; }
	body { font-size: 9pt; line-height: 1.4; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
	main, header { max-width: none; padding: 0; }
	section { margin-top: 8mm; }
	h2, .controls { break-after: avoid; }
	h1 { font-size: 20pt; }
	h2 { font-size: 12pt; }
	header { padding-top: 0; }
	.controls, .more, .sort::after { display: none; }
	.link { text-decoration: none; }
	/* A button in the head of a table is painted on the first page only. */
	.sort { display: contents; }
	.figures { break-inside: avoid; grid-template-columns: repeat(4, 1fr); }
	.figures .value { font-size: 16pt; }
	tr, .picture, .alert { break-inside: avoid; }
	/* What is folded up on the screen is there on paper. */
	details::details-content { content-visibility: visible; height: auto; }
	details summary { list-style: none; }
	thead { display: table-header-group; }
	tfoot { display: table-row-group; }
	.seats { font-size: 8pt; }
	.seats span, .quiet, small { font-size: .92em; }
	.seats col.person { width: 25%; } .seats col.class { width: 32%; } .seats col.role { width: 9%; } .seats col.department { width: 20%; } .seats col.groups { width: 14%; }
	dl.facts { break-inside: avoid; }
	th, td { padding: 1mm 3mm 1mm 0; }
	.bar rect { stroke: #fff; }
}
`;
