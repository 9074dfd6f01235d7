/** The style of the page of a reviewer: light and dark, on a phone and on a wide screen. */
export const REVIEW_PAGE_STYLE = `
:root { color-scheme: light dark; --line: #d5d9e0; --paper: #fff; --ground: #f4f5f7; --ink: #1c2430; --soft: #5a6472; --accent: #1f5fbf; --warn: #9a3412; }
@media (prefers-color-scheme: dark) { :root { --line: #3a4250; --paper: #1d232c; --ground: #14181f; --ink: #e8ebf0; --soft: #a5afbd; --accent: #7db0ff; --warn: #fdba74; } }
* { box-sizing: border-box; }
/* What has the focus must not lie under the button. */
html { scroll-padding-bottom: 6rem; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.45 system-ui, sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: .5rem 0; }
h2 { font-size: 1.1rem; margin: 0; }
main > h2 { margin-top: 1.5rem; }
p { margin: .4rem 0; }
section { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 1rem; margin: 1rem 0; }
fieldset { border: 0; border-top: 1px solid var(--line); margin: .75rem 0 0; padding: .6rem 0 0; min-width: 0; }
legend { font-weight: 600; padding: 0 .5rem 0 0; }
.who, .small { color: var(--soft); }
.small { font-size: .875rem; }
.warn { color: var(--warn); font-weight: 600; }
.notice { background: var(--paper); border-left: 4px solid var(--accent); padding: .6rem .8rem; }
.choices { display: flex; flex-wrap: wrap; gap: .5rem; margin: .4rem 0; }
.choices label { display: flex; align-items: center; gap: .45rem; border: 1px solid var(--line); border-radius: 8px; padding: .5rem .75rem; min-height: 44px; cursor: pointer; }
.choices label:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.comment { display: flex; align-items: center; gap: .6rem; color: var(--soft); font-size: .875rem; }
.comment input { flex: 1; min-width: 0; font: inherit; color: var(--ink); background: var(--ground); border: 1px solid var(--soft); border-radius: 8px; padding: .5rem .6rem; }
button { font: inherit; font-weight: 600; color: #fff; background: #1f5fbf; border: 0; border-radius: 8px; padding: .7rem 1.4rem; min-height: 44px; cursor: pointer; }
.end { position: sticky; bottom: 0; padding: .6rem 0; background: var(--ground); border-top: 1px solid var(--line); }
.decided { padding-left: 1.1rem; }
@media (max-width: 32rem) { .choices { flex-direction: column; } button { width: 100%; } }
`;
