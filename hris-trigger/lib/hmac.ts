import { createHmac } from 'node:crypto';

/** @param parts what is signed, one after the other with nothing in between */
export function hmac(
	hash: 'sha256' | 'sha512',
	key: string | Buffer,
	parts: ReadonlyArray<string | Buffer>,
	form: 'hex' | 'base64' | 'base64url',
): string {
	const digest = createHmac(hash, key);
	for (const part of parts) digest.update(part);
	return digest.digest(form);
}
