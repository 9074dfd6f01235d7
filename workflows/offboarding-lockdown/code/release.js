const EXPIRES_AFTER = 60;

/** A short mark of a text (FNV-1a), to tell one list from another. It protects nothing. */
function mark(text) {
	let hash = 0x811c9dc5;
	for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0), 0x01000193) >>> 0;
	return hash.toString(36).padStart(7, '0');
}

/** The code of a list, shown with it at a minute since 1970. */
function listCode(rows, minute) {
	return `${minute.toString(36)}-${mark(`${minute}|${rows.map(({ id }) => id).join(',')}`)}`.toUpperCase();
}

/**
 * What a submission of the form means. Whoever asks sees the list first; only the code that stands under
 * it, within the hour and while the list is the same, releases exactly that list.
 *
 * @param form { decider, code, isRight } as the form gives them
 * @param held rows of notion_leaver_audit that are held, oldest first
 * @param now epoch milliseconds
 * @returns { decision, sentence, code, people }, where decision is `show`, `refused`, `declined` or `approved`
 */
function decisionOn({ decider, code, isRight }, held, now) {
	const minute = Math.floor(now / 60000);
	const people = [
		...new Map(
			held.map((row) => [`${row.source}|${row.companyId}|${row.employeeId || row.email}`, row]),
		).values(),
	];
	const show = (sentence) => ({ decision: 'show', sentence, code: listCode(held, minute), people });
	const refused = (sentence) => ({ decision: 'refused', sentence, people: [] });

	if (held.length === 0) return refused('Nobody is held at the moment.');
	if (!isEmail(String(decider ?? '').trim())) {
		return refused('Put in your own email address: the record names who decided.');
	}
	if (people.some(({ email }) => emailKey(email) === emailKey(decider))) {
		return refused('You are on the list yourself, so somebody else has to decide.');
	}
	if (people.some(({ requestedBy }) => emailKey(requestedBy) === emailKey(decider))) {
		return refused(
			'You have asked for a removal on the list yourself, so somebody else has to decide.',
		);
	}
	const given = String(code ?? '')
		.trim()
		.toUpperCase();
	if (given === '') return show('This is the list. Nothing was done.');
	const shownAt = Number.parseInt(given.split('-')[0], 36);
	if (!(shownAt <= minute) || minute - shownAt > EXPIRES_AFTER) {
		return show(
			'This code is older than an hour or none of ours. Nothing was done; here is the list as it is now.',
		);
	}
	if (given !== listCode(held, shownAt)) {
		return show('The list has changed since it was shown. Nothing was done; look at it again.');
	}
	if (!String(isRight ?? '').startsWith('Yes'))
		return {
			...refused(
				'Nobody was released, and the list is empty now. Put right in the HRIS who has not left: whoever has still left there tonight comes back to the list.',
			),
			decision: 'declined',
		};
	return { decision: 'approved', sentence: '', people };
}

function escaped(text) {
	const NAMES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
	return String(text ?? '').replace(/[&<>"']/g, (character) => NAMES[character]);
}

/** The list as the page shows it. */
function listPage({ sentence, code, people }) {
	const rows = people.map(
		({ displayName, email, source, employeeId, reason }) =>
			`<tr><td>${escaped(displayName)}</td><td>${escaped(email)}</td><td>${escaped(source)} ${escaped(employeeId)}</td><td>${escaped(reason)}</td></tr>`,
	);
	return page(
		`<p>${escaped(sentence)}</p><p><b>${people.length}</b> leavers are held:</p>` +
			`<table><tr><th>Name</th><th>Address</th><th>Employee</th><th>Why</th></tr>${rows.join('')}</table>` +
			`<p>If every one of them is to lose access, go back to the form and put in this code within the hour: <b id="code">${escaped(code)}</b></p>`,
	);
}

function page(content) {
	const style =
		'body{font-family:sans-serif;margin:2rem;max-width:60rem}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.3rem .6rem;text-align:left}';
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Held leavers</title><style>${style}</style></head><body><h1>Held leavers</h1>${content}</body></html>`;
}
