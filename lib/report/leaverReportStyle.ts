/** The style of the leaver report: light and dark, on a phone, on a wide screen and on paper. */
export const LEAVER_REPORT_STYLE = `
:root {
	color-scheme: light dark;
	--page: #ffffff; --ink: #22252b; --quiet: #5d6470; --line: #dddddd; --warn: #b3261e; --warn-page: #fdecea;
}
@media screen and (prefers-color-scheme: dark) {
	:root { --page: #16181c; --ink: #e8e9eb; --quiet: #a3a9b3; --line: #31353c; --warn: #f3a59c; --warn-page: #38211f; }
}
body { font: 14px/1.5 system-ui, sans-serif; background: var(--page); color: var(--ink); max-width: 1100px; margin: 32px auto; padding: 0 16px; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
h1 { font-size: 22px; margin-bottom: 4px; }
h2 { font-size: 16px; margin-top: 28px; }
.totals { display: flex; flex-wrap: wrap; gap: 8px; padding: 0; list-style: none; }
.totals li { border: 1px solid var(--line); border-radius: 6px; padding: 6px 12px; }
.totals strong { display: block; font-size: 20px; }
table { border-collapse: collapse; width: 100%; }
.text { min-width: 12em; }
th, td { text-align: left; vertical-align: top; padding: 6px 8px; border-bottom: 1px solid var(--line); }
thead th { border-bottom-width: 2px; overflow-wrap: normal; }
.time, .number { white-space: nowrap; }
.number { text-align: right; }
.late { background: var(--warn-page); }
.late strong { color: var(--warn); }
.warning { border-left: 4px solid var(--warn); background: var(--warn-page); padding: 8px 12px; }
small { color: var(--quiet); }
@media print { .wide { overflow: visible; } }
`;
