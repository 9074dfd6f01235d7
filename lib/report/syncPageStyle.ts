/** The style of the status page of a sync, for a laptop or a phone, in light and dark. */
export const SYNC_PAGE_STYLE = `:root{color-scheme:light dark;--ink:#1f2328;--soft:#656d76;--line:#e3e6ea;--paper:#fff;--back:#f6f7f9;--good:#1a7f4b;--warn:#9a6700;--bad:#b42318;--link:#0b5cad}
@media (prefers-color-scheme:dark){:root{--ink:#e6e8eb;--soft:#9aa4af;--line:#30363d;--paper:#161b22;--back:#0d1117;--good:#4ac282;--warn:#d9a521;--bad:#ff7b72;--link:#6cb0ff}}
*{box-sizing:border-box}body{margin:0;background:var(--back);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:64rem;margin:0 auto;padding:1.5rem 1rem 3rem}h1{margin:.1rem 0 .5rem;font-size:1.9rem;line-height:1.2}h2{margin:0 0 .5rem;font-size:1.05rem}p{margin:.3rem 0}
h1.good{color:var(--good)}h1.warn{color:var(--warn)}h1.bad{color:var(--bad)}a{color:var(--link)}.quiet{color:var(--soft);font-size:.9rem}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.75rem;margin:1rem 0}.card,section{background:var(--paper);border:1px solid var(--line);border-radius:.6rem;padding:1rem}
.card h2{font-size:.85rem;font-weight:600;color:var(--soft)}.value{font-size:1.3rem;font-weight:600}section{margin:.75rem 0}.ask{border-left:.3rem solid var(--warn)}
.count{color:var(--soft);font-weight:400}.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}td{border-top:1px solid var(--line);padding:.5rem .6rem .5rem 0;vertical-align:top;overflow-wrap:anywhere}tr:first-child td{border-top:0}
td:first-child{white-space:nowrap;width:11.5rem}td:nth-child(2){width:34%}.tag{display:inline-block;font-size:.8rem;padding:.05rem .5rem;border-radius:1rem;border:1px solid var(--line);color:var(--soft)}
.tag.done,.tag.good,.tag.approved{color:var(--good)}.tag.failed{color:var(--bad)}.tag.held,.tag.blocked,.tag.waiting,.tag.incomplete{color:var(--warn)}
form{display:flex;gap:.5rem;max-width:32rem;margin:.3rem 0 .6rem}input{flex:1;min-width:0;font:inherit;padding:.45rem .7rem;border:1px solid var(--soft);border-radius:.4rem;background:var(--back);color:inherit}button{font:inherit;padding:.45rem 1rem;border:1px solid var(--soft);border-radius:.4rem;background:var(--paper);color:inherit;cursor:pointer}
a:focus-visible,input:focus-visible,button:focus-visible{outline:3px solid var(--link);outline-offset:2px}ul{margin:.2rem 0;padding-left:1.2rem}footer{margin-top:1.2rem}
@media (max-width:40rem){table,tbody,tr,td{display:block;width:auto}td,td:first-child,td:nth-child(2){border:0;padding:.15rem 0;white-space:normal;width:auto}.cards{grid-template-columns:1fr 1fr;gap:.5rem}.card{padding:.7rem}.value{font-size:1.1rem}tr{border-top:1px solid var(--line);padding:.5rem 0}tr:first-child{border-top:0}}`;
