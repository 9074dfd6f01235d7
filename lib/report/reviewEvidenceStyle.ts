/** The style of the evidence of a review: it prints on A4, and needs no network. */
export const REVIEW_EVIDENCE_STYLE = `
body { font: 14px/1.45 system-ui, sans-serif; color: #1c2430; background: #fff; margin: 2rem; }
p, li { overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; font-size: .8rem; }
th, td { border: 1px solid #d5d9e0; padding: .3rem .45rem; text-align: left; vertical-align: top; overflow-wrap: break-word; }
th { background: #f4f5f7; } .more { display: block; min-width: 11em; overflow-wrap: anywhere; color: #5a6472; } code { font-size: .85em; }
thead { display: table-header-group; }
@media print { body { margin: 0; } h2 { break-after: avoid; } .wide { overflow: visible; } tr, ul { break-inside: avoid; } @page { size: A4 landscape; margin: 12mm; } }
`;
