/**
 * Two addresses are the same if their keys are: only ASCII letters are made small, because others could
 * turn one person's address into another's, and the domain is written in ASCII, so that `bücher.example`
 * is `xn--bcher-kva.example`. The package does it likewise, in lib/scim/emailKey.ts, which a Code node cannot run. What is no address,
 * such as a name, is its own key in small letters; nothing has the key ''.
 */
export function emailKey(email) {
	const written = typeof email === 'number' ? String(email) : typeof email === 'string' ? email.trim() : '';
	const small = (part) => part.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
	const at = written.lastIndexOf('@') + 1;
	return small(written.slice(0, at)) + (at === 0 ? small(written) : domainKey(written.slice(at).trim()));
}

/** A domain in ASCII. n8n's Code node has no URL, which would do it. A dot at its end means nothing. */
export function domainKey(domain) {
	// Letter by letter: at the end of a word, JavaScript has another small sigma than domains have.
	const small = (part) => [...part.normalize('NFKC')].map((letter) => letter.toLowerCase()).join('');
	const plain = small(small(domain.replace(/[^\P{Default_Ignorable_Code_Point}\u200C\u200D]/gu, '')))
		.normalize('NFKC')
		.replace(/\u3002/g, '.')
		.replace(/(?<![.\s])\.$/, '');
	return plain
		.split('.')
		.map((label) => (/^\p{ASCII}*$/u.test(label) ? label : `xn--${punycode(label)}`))
		.join('.');
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
