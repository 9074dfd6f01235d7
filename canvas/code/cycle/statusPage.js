// The page that shows where the sync stands. It only reads.

const KINDS = {
	done: 'Done',
	planned: 'Would be done',
	waiting: 'Waits for an approval',
	held: 'Held by a limit',
	declined: 'Somebody said no',
	blocked: 'Blocked by a guard',
	failed: 'Went wrong',
	skipped: 'Skipped',
};

/** Most lines of one kind that the page shows; the search finds the others. */
const MOST_ON_PAGE = 200;

function when(value, zone) {
	const at = instantOf(value);
	return at === undefined
		? ''
		: DateTime.fromMillis(at, { zone }).toFormat('d LLL yyyy, HH:mm ZZZZ');
}

function ago(value, now) {
	const at = instantOf(value);
	if (at === undefined) return '';
	const minutes = Math.round(Math.abs(now - at) / MINUTE);
	const length =
		minutes < 60
			? `${minutes} min`
			: minutes < 48 * 60
				? `${Math.round(minutes / 60)} h`
				: `${Math.round(minutes / 1440)} days`;
	return at > now ? `in ${length}` : `${length} ago`;
}

/** What a search finds: every word of it somewhere in the line. */
function found(lines, query) {
	const words = String(query ?? '')
		.normalize('NFC')
		.toLowerCase()
		.split(/\s+/)
		.filter(Boolean);
	return lines.filter(({ who, why, kind }) => {
		const text = `${who} ${why} ${KINDS[kind]}`.normalize('NFC').toLowerCase();
		return words.every((word) => text.includes(word));
	});
}

function linesTable(lines) {
	if (lines.length === 0) return '';
	const rows = lines
		.slice(0, MOST_ON_PAGE)
		.map(
			({ kind, who, why }) =>
				`<tr><td><span class="tag ${escaped(kind)}">${escaped(KINDS[kind] ?? kind)}</span></td><td>${escaped(who)}</td><td>${escaped(why)}</td></tr>`,
		);
	const more =
		lines.length > MOST_ON_PAGE
			? `<p class="quiet">And ${lines.length - MOST_ON_PAGE} more: search for a name.</p>`
			: '';
	return `<div class="wide"><table><tbody>${rows.join('')}</tbody></table></div>${more}`;
}

/**
 * @param facts { name, standing, cycles, plans, query, everyMinutes, mode, modeNote, formUrl, zone, now }
 * @returns a whole HTML page
 */
function statusPage({
	name,
	standing,
	cycles,
	plans,
	query,
	everyMinutes,
	mode,
	modeNote,
	formUrl,
	zone,
	now,
}) {
	const { running, last, lastGood, quarantinedSince, quarantineReason } = standing;
	const shown = standing.shown ?? {};
	const lines = shown.lines ?? [];
	const plan = waitingPlan(plans, now);
	const pause = quarantinedSince
		? QUARANTINE_PAUSE
		: Math.max(1, Number(everyMinutes) || 40) * MINUTE;
	const lastStart = instantOf((running ?? last)?.startedAt);
	const next = lastStart === undefined ? undefined : lastStart + pause;
	const isLate = !running && next !== undefined && now - next > Math.max(10 * MINUTE, pause / 2);
	const [tone, headline] = quarantinedSince
		? ['bad', 'In quarantine']
		: isLate
			? ['bad', 'Overdue']
			: last && last.state !== 'good'
				? [
						'warn',
						last.state === 'failed'
							? 'The last cycle failed'
							: 'The directory was not read completely',
					]
				: !last
					? ['quiet', 'Has not run yet']
					: mode === 'apply'
						? ['good', 'In good order']
						: ['quiet', 'Dry run'];
	const card = (title, value, note = '') =>
		`<div class="card"><h2>${title}</h2><p class="value">${value}</p>${note ? `<p class="quiet">${note}</p>` : ''}</div>`;
	const cards = [
		card(
			'Last good cycle',
			lastGood ? escaped(ago(lastGood.startedAt, now)) : 'none yet',
			escaped(when(lastGood?.startedAt, zone)),
		),
		card(
			'Running now',
			running ? 'yes' : 'no',
			running ? `since ${escaped(when(running.startedAt, zone))}` : '',
		),
		card(
			'Next cycle',
			next === undefined
				? 'when it is published'
				: next <= now
					? 'due'
					: escaped(ago(new Date(next).toISOString(), now)),
			next === undefined ? '' : escaped(when(new Date(next).toISOString(), zone)),
		),
		card(
			'People',
			escaped(String((last ?? {}).persons ?? 0)),
			`in the directory, and ${escaped(String((last ?? {}).members ?? 0))} members in Notion`,
		),
	];
	const of = (...kinds) => lines.filter(({ kind }) => kinds.includes(kind));
	const section = (title, some, text = '') =>
		some.length > 0
			? `<section><h2>${title} <span class="count">${some.length}</span></h2>${text}${linesTable(some)}</section>`
			: '';
	const searched = query ? found(lines, query) : undefined;
	const answer =
		searched === undefined
			? ''
			: searched.length > 0
				? linesTable(searched)
				: `<p>Nothing is said about “${escaped(query)}”. Either nobody of that name is in the directory, or everything about them is as it should be. The workflow <b>Provision now</b> shows every step for one person.</p>`;
	const history = cycles
		.filter(({ state }) => state !== 'running')
		.slice(0, 12)
		.map(
			(row) =>
				`<tr><td><span class="tag ${escaped(row.state)}">${escaped(row.state)}</span></td><td>${escaped(when(row.startedAt, zone))}</td><td>${escaped(row.note)}${row.acknowledgedBy ? ` ${escaped(row.acknowledgedBy)}` : ''}</td></tr>`,
		);
	const notes = shown.notes ?? [];
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escaped(name)}: ${escaped(headline)}</title><style>${STYLE}</style></head><body><main>
<header><p class="quiet">${escaped(name)}</p><h1 class="${tone}">${escaped(headline)}</h1>
${quarantinedSince ? `<p>Since ${escaped(when(quarantinedSince, zone))}: ${escaped(quarantineReason ?? '')} It only reads until somebody ends that in the <a href="${escaped(formUrl)}">form</a>.</p>` : modeNote ? `<p>${escaped(modeNote)}</p>` : ''}
${last && last.state !== 'good' && !quarantinedSince ? `<p>${escaped(last.note)}</p>` : ''}</header>
<div class="cards">${cards.join('')}</div>
${plan ? `<section class="ask"><h2>Waits for a decision <span class="count">${fromJson(plan.items, []).length}</span></h2><p>Until ${escaped(when(plan.expiresAt, zone))}; without an answer nothing of it is done. <a href="${escaped(formUrl)}">Look at it and decide</a></p></section>` : ''}
<section><h2>Why was somebody skipped?</h2><form method="get"><input type="search" name="q" aria-label="Name or address" placeholder="Name or address" value="${escaped(query ?? '')}"><button>Search</button></form>${answer}</section>
${section('Waiting, held and blocked', of('waiting', 'held', 'blocked', 'declined'), '<p class="quiet">A person has to look at these.</p>')}
${section('Went wrong', of('failed'), '<p class="quiet">The next cycle tries again.</p>')}
${section(mode === 'apply' ? 'Done by the last cycle' : 'Would be done', of('done', 'planned'))}
${notes.length > 0 ? `<section><h2>To know</h2><ul>${notes.map((note) => `<li>${escaped(note)}</li>`).join('')}</ul></section>` : ''}
${section('Skipped', of('skipped'), `<p class="quiet">Nothing is done for these, and why.</p>`)}
${history.length > 0 ? `<section><h2>Cycles</h2><div class="wide"><table><tbody>${history.join('')}</tbody></table></div></section>` : ''}
<footer class="quiet">${shown.at ? `Lines as of ${escaped(when(shown.at, zone))}. ` : ''}${shown.more ? `${shown.more} more lines are not kept. ` : ''}This page only shows. Decisions are made in the <a href="${escaped(formUrl)}">form</a>.</footer>
</main></body></html>`;
}

const STYLE = `:root{color-scheme:light dark;--ink:#1f2328;--soft:#656d76;--line:#e3e6ea;--paper:#fff;--back:#f6f7f9;--good:#1a7f4b;--warn:#9a6700;--bad:#b42318;--link:#0b5cad}
@media (prefers-color-scheme:dark){:root{--ink:#e6e8eb;--soft:#9aa4af;--line:#30363d;--paper:#161b22;--back:#0d1117;--good:#4ac282;--warn:#d9a521;--bad:#ff7b72;--link:#6cb0ff}}
*{box-sizing:border-box}body{margin:0;background:var(--back);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:64rem;margin:0 auto;padding:1.5rem 1rem 3rem}h1{margin:.1rem 0 .5rem;font-size:1.9rem;line-height:1.2}h2{margin:0 0 .5rem;font-size:1.05rem}p{margin:.3rem 0}
h1.good{color:var(--good)}h1.warn{color:var(--warn)}h1.bad{color:var(--bad)}a{color:var(--link)}.quiet{color:var(--soft);font-size:.9rem}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.75rem;margin:1rem 0}.card,section{background:var(--paper);border:1px solid var(--line);border-radius:.6rem;padding:1rem}
.card h2{font-size:.85rem;font-weight:600;color:var(--soft)}.value{font-size:1.3rem;font-weight:600}section{margin:.75rem 0}.ask{border-left:.3rem solid var(--warn)}
.count{color:var(--soft);font-weight:400}.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}td{border-top:1px solid var(--line);padding:.5rem .6rem .5rem 0;vertical-align:top;overflow-wrap:anywhere}tr:first-child td{border-top:0}
td:first-child{white-space:nowrap;width:11.5rem}td:nth-child(2){width:34%}.tag{display:inline-block;font-size:.8rem;padding:.05rem .5rem;border-radius:1rem;border:1px solid var(--line);color:var(--soft)}
.tag.done,.tag.good,.tag.approved{color:var(--good)}.tag.failed{color:var(--bad)}.tag.held,.tag.blocked,.tag.waiting,.tag.incomplete{color:var(--warn)}
form{display:flex;gap:.5rem;max-width:32rem;margin:.3rem 0 .6rem}input{flex:1;min-width:0;font:inherit;padding:.45rem .7rem;border:1px solid var(--line);border-radius:.4rem;background:var(--back);color:inherit}button{font:inherit;padding:.45rem 1rem;border:1px solid var(--line);border-radius:.4rem;background:var(--paper);color:inherit;cursor:pointer}
ul{margin:.2rem 0;padding-left:1.2rem}footer{margin-top:1.2rem}
@media (max-width:40rem){table,tbody,tr,td{display:block;width:auto}td,td:first-child,td:nth-child(2){border:0;padding:.15rem 0;white-space:normal;width:auto}.cards{grid-template-columns:1fr 1fr;gap:.5rem}.card{padding:.7rem}.value{font-size:1.1rem}tr{border-top:1px solid var(--line);padding:.5rem 0}tr:first-child{border-top:0}}`;
