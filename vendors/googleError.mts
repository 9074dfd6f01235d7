/** An error as Google's APIs write it. */
export function googleError(status: number, message: string): unknown {
	const reasons: Record<number, string> = { 403: 'forbidden', 404: 'notFound', 429: 'rateLimitExceeded' };
	const reason = reasons[status] ?? 'backendError';
	return { error: { code: status, message, errors: [{ message, domain: 'global', reason }] } };
}
