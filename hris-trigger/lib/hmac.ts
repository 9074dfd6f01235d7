import { createHmac } from 'node:crypto';

/** @param parts the signed parts, concatenated */
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
