/**
 * Shorter secrets can be guessed. The systems that let a person choose the secret set no minimum themselves.
 */
const SHORTEST_TOKEN = 16;

/** A pasted part of a secret is usually shorter than this. */
const SHORTEST_KEY = 8;

/**
 * Sentences about a problem with a secret, without repeating any of it. They are shown when a credential is
 * tested and when a workflow is published.
 * @returns undefined if there is no problem
 */
export function problemOfKey(secret: string, whose: string): string | undefined {
	return problemOfPaste(secret, whose) ?? tooShort(secret, SHORTEST_KEY, whose);
}

/** For secrets that the sender repeats in a header. */
export function problemOfToken(secret: string, whose: string): string | undefined {
	if (secret !== '' && !/^[\x20-\x7e]*$/.test(secret)) {
		return `${whose} has a character that is not allowed in a header. Use letters and digits.`;
	}
	return problemOfPaste(secret, whose, / {2}/) ?? tooShort(secret, SHORTEST_TOKEN, whose);
}

/** For secrets that are the base64 form of at least 16 random bytes. */
export function problemOfBase64(secret: string, whose: string): string | undefined {
	const problem = problemOfPaste(secret, whose);
	if (problem !== undefined) return problem;
	const bytes = Buffer.from(secret, 'base64');
	const canonical = bytes.toString('base64');
	if (canonical !== secret && canonical.replace(/=+$/, '') !== secret) {
		return `${whose} is not base64. Copy it again completely, without anything around it.`;
	}
	return bytes.length < SHORTEST_TOKEN ? `${whose} is too short. Copy it again completely.` : undefined;
}

function problemOfPaste(secret: string, whose: string, inside = /\s/): string | undefined {
	if (secret === '') return `The credential has no secret. ${whose} belongs there.`;
	if (secret.trim() !== secret) return `${whose} has white space around it. Paste it again without.`;
	if (inside.test(secret)) return `${whose} has white space in it. Paste it again in one piece.`;
	return undefined;
}

function tooShort(secret: string, shortest: number, whose: string): string | undefined {
	if (secret.length >= shortest) return undefined;
	return `${whose} has fewer than ${shortest} characters. Copy it again completely, or create a longer one.`;
}
