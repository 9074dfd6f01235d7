import { createHash } from 'node:crypto';

/** The hash by which a content security policy identifies an inline script or style (CSP level 3). */
export function sourceHash(source: string): string {
	return `sha256-${createHash('sha256').update(source).digest('base64')}`;
}
