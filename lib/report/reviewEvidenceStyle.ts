/** The style of the evidence of a review: light and dark, on a phone and on A4. */
export const REVIEW_EVIDENCE_STYLE = `
:root { color-scheme: light dark; --page: #fff; --ink: #1c2430; --quiet: #5a6472; --line: #d5d9e0; --head: #f4f5f7; }
@media screen and (prefers-color-scheme: dark) { :root { --page: #16181c; --ink: #e8e9eb; --quiet: #a3a9b3; --line: #31353c; --head: #1f2227; } }
body { font: 14px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--page); margin: clamp(1rem, 4vw, 2rem); }
h1, p, li { overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; font-size: .8rem; }
th, td { border: 1px solid var(--line); padding: .3rem .45rem; text-align: left; vertical-align: top; overflow-wrap: break-word; }
th { background: var(--head); } .more { display: block; min-width: 11em; overflow-wrap: anywhere; color: var(--quiet); } code { font-size: .85em; }
thead { display: table-header-group; }
@media print { body { margin: 0; } h2 { break-after: avoid; } .wide { overflow: visible; } tr, ul { break-inside: avoid; } @page { size: A4 landscape; margin: 12mm; } }
`;
