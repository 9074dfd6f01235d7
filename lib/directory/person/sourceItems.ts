/** An item as n8n hands it over: a step that failed gives its message in `error`, in or beside the fields. */
export interface SourceItem {
	json: Record<string, unknown>;
	error?: unknown;
}

/**
 * What a directory source gave, ready for `parseDirectory`. A source that failed, or gave nothing, is an
 * incomplete reading: what depends on it is still told, and no one counts as absent.
 *
 * @param now epoch milliseconds
 */
export function readSourceItems(items: readonly SourceItem[], now: number): Array<Record<string, unknown>> {
	const failure = items.map(failureOf).find((why) => why !== undefined);
	const given = items.filter((item) => failureOf(item) === undefined && Object.keys(item.json).length > 0);
	const read = given.map(({ json }) => json);
	if (failure === undefined && read.length > 0) return read;
	return [...read, failedManifest(`It could not be asked. ${failure ?? 'It gave nothing.'}`, now)];
}

function failureOf({ json, error }: SourceItem): string | undefined {
	const failure = error ?? ('sourceId' in json || 'manifest' in json ? undefined : json['error']);
	if (failure === undefined || failure === null) return undefined;
	return messageOf(failure) ?? messageOf(json['error']) ?? 'The reason is not known.';
}

function messageOf(failure: unknown): string | undefined {
	if (typeof failure === 'string') return failure.trim() || undefined;
	if (typeof failure !== 'object' || failure === null || !('message' in failure)) return undefined;
	return typeof failure.message === 'string' ? failure.message.trim() || undefined : undefined;
}

/**
 * Stands for a reading that failed, so that no one counts as absent.
 *
 * @param now epoch milliseconds
 */
export function failedManifest(explanation: string, now: number): Record<string, unknown> {
	return {
		manifest: true,
		source: 'directory',
		readAt: new Date(now).toISOString(),
		pages: 0,
		count: 0,
		complete: false,
		groupsComplete: false,
		attributesRead: [],
		explanation,
	};
}
