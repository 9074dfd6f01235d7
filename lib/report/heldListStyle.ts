/** The style of the page at the end of the form: light and dark, on a phone and on a wide screen. */
export const HELD_LIST_STYLE = `
:root { color-scheme: light dark; --page: #fbfcfe; --card: #ffffff; --ink: #2d2f33; --quiet: #5d6470; --line: #dbdfe7; }
@media (prefers-color-scheme: dark) {
	:root { --page: #16181c; --card: #1f2227; --ink: #e8e9eb; --quiet: #a3a9b3; --line: #31353c; }
}
body { background: var(--page); color: var(--ink); font: 14px/1.5 system-ui, sans-serif; }
main { background: var(--card); border: 1px solid var(--line); border-radius: 8px; box-sizing: border-box; margin: 24px auto; max-width: 640px; overflow-wrap: anywhere; padding: 24px; width: 95%; }
h1 { font-size: 20px; font-weight: 600; margin-bottom: 12px; }
ul, ol { margin: 12px 0 0 24px; }
li { margin-bottom: 6px; }
small { color: var(--quiet); }
`;
