/** A text without the space around it; nothing for what is empty or no text. */
function text(value) {
	const found =
		typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
	return found === '' ? undefined : found;
}

/** The date of a text that begins with one, such as 2026-01-31; nothing for one like 2026-31-01 or zeros. */
function dateText(value) {
	const date = text(value)?.slice(0, 10) ?? '';
	const at = new Date(`${date}T00:00:00Z`);
	const isDate = /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(at.getTime());
	return isDate && date > '0000-12-31' && at.toISOString().startsWith(date) ? date : undefined;
}

/**
 * Two addresses are the same if their keys are: only ASCII letters are made small, and the domain is
 * written in ASCII, so that `bücher.example` is `xn--bcher-kva.example`.
 */
function emailKey(email) {
	const [, local = '', domain = ''] = /^(.*@)?([^]*)$/.exec(text(email) ?? '') ?? [];
	const small = (part) => part.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
	return text(small(local) + (local === '' ? small(domain) : asciiDomain(domain)));
}

/** A domain in ASCII. n8n's Code node has no URL, which would do it. */
function asciiDomain(domain) {
	const labels = domain.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\.$/, '').split(/[.\u3002]/);
	return labels.map((label) => (/^\p{ASCII}*$/u.test(label) ? label : `xn--${punycode(label)}`)).join('.');
}

/** The letters of a label outside ASCII, as numbers behind the others (RFC 3492, section 6.3). */
function punycode(label) {
	const points = [...label].map((letter) => letter.codePointAt(0));
	const basic = points.filter((point) => point < 128);
	const digit = (value) => 'abcdefghijklmnopqrstuvwxyz0123456789'[value];
	let written = String.fromCodePoint(...basic) + (basic.length > 0 ? '-' : '');
	let handled = basic.length;
	let bias = 72;
	let delta = 0;
	let reached = 128;
	while (handled < points.length) {
		const next = Math.min(...points.filter((point) => point >= reached));
		delta += (next - reached) * (handled + 1);
		reached = next;
		for (const point of points) {
			if (point < reached) delta += 1;
			if (point !== reached) continue;
			let rest = delta;
			let place = 36;
			for (; ; place += 36) {
				const least = Math.min(26, Math.max(1, place - bias));
				if (rest < least) break;
				written += digit(least + ((rest - least) % (36 - least)));
				rest = Math.floor((rest - least) / (36 - least));
			}
			written += digit(rest);
			bias = punycodeBias(delta, handled + 1, handled === basic.length);
			delta = 0;
			handled += 1;
		}
		delta += 1;
		reached += 1;
	}
	return written;
}

/** How the next number is divided into digits (RFC 3492, section 6.1). */
function punycodeBias(delta, handled, isFirst) {
	let rest = Math.floor(delta / (isFirst ? 700 : 2));
	rest += Math.floor(rest / handled);
	let bias = 0;
	for (; rest > 455; bias += 36) rest = Math.floor(rest / 35);
	return bias + Math.floor((36 * rest) / (rest + 38));
}

/** The fields that the HRIS gives. An attribute that it does not give must not be an empty text. */
function given(fields) {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** A leave of absence is not the end of an employment, and one who has yet to begin has not left. */
function isActive(status) {
	return status === 'active' || status === 'onLeave' || status === 'notStarted';
}

const MEANINGS = ['active', 'notStarted', 'onLeave', 'inactive'];

/**
 * What a vendor's word means, whatever its capitals, spaces and lines; nothing for an unknown one.
 *
 * @param table by word, without capitals, spaces and lines
 * @param ownWords by word as the company writes it; they win
 * @param meanings what there is
 */
function meaningOf(word, table, ownWords = {}, meanings = MEANINGS) {
	const plain = (found) => (text(found) ?? '').toLowerCase().replace(/[\s_-]+/g, '');
	const own = Object.entries(ownWords).find(([key]) => plain(key) === plain(word))?.[1];
	if (own !== undefined && !meanings.includes(own)) {
		throw new Error(`Settings: "${own}" in ownWords must be one of ${meanings.join(', ')}.`);
	}
	return own ?? (Object.hasOwn(table, plain(word)) ? table[plain(word)] : undefined);
}

/** The date so many days from now, in UTC. */
function utcDate(days = 0) {
	return new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

/**
 * Two days after a last day, whoever is still active may have stayed, or a word was forgotten: that is
 * for a person to find out. Until then a vendor may only be late.
 */
function inDoubt(found) {
	const { status, statusWord, endDate } = found;
	const isLate = endDate !== undefined && endDate < utcDate(-2);
	if (!isLate || (status !== 'active' && status !== 'onLeave')) return found;
	const explanation = `Still "${statusWord}", although the last day was ${endDate}. A person must look.`;
	return { ...found, status: 'unknown', explanation };
}

/** Takes one of several records with the same id only once. */
function onceEach(records) {
	return [...new Map(records.map((record) => [record.sourceId, record])).values()];
}

/**
 * The items that answer one question: everybody who was found, or that there is nobody.
 *
 * @param asked { employeeId, email } of the question
 */
function answerTo(asked, source, records) {
	if (records.length > 0)
		return onceEach(records).map((record) => ({ json: { ...record, asked } }));
	return [
		{ json: given({ found: false, source, sourceId: asked.employeeId || undefined, asked }) },
	];
}

/** Leavers since a day, and whoever must be looked at; behind them, how the reading went. */
function leaversAnswer(source, records, since, { pages, complete, explanation }) {
	const left = onceEach(records).filter(
		({ active, status, endDate }) =>
			status === 'unknown' || (!active && endDate !== undefined && endDate >= since),
	);
	const readAt = new Date().toISOString();
	const manifest = {
		manifest: true,
		source,
		readAt,
		pages,
		count: left.length,
		complete,
		explanation,
	};
	return [...left.map((json) => ({ json })), { json: given(manifest) }];
}
