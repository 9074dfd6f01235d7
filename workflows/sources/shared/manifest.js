import { given, text } from './text.js';

/** Of a thousand groups that cannot be read, each has a reason of its own. */
export const MOST_REASONS = 10;

export const SILENCE = 'The directory does not tell the status of anyone: see what the credential may read.';

/** Takes one of several records with the same id only once. */
export function onceEach(records) {
	return [...new Map(records.map((record) => [record.sourceId, record])).values()];
}

/**
 * The last item of a source: how the reading went.
 *
 * @param pages how many requests for pages were made
 * @param count how many persons are given out
 * @param attributesRead names of the attributes that were asked for and may be read, also where
 * no one has a value
 * @param reasons sentences that say why it is not complete, or its groups are not; repeated ones once, and
 * of many the first ones
 */
export function manifestItem({ source, pages, count, complete, groupsComplete, attributesRead, reasons = [] }) {
	const told = [...new Set(reasons)];
	const others = told.splice(MOST_REASONS).length;
	const explanation = text([...told, ...(others > 0 ? [`And ${others} more.`] : [])].join(' '));
	const readAt = new Date().toISOString();
	const manifest = { manifest: true, source, readAt, pages, count, complete, groupsComplete };
	return given({ ...manifest, attributesRead, explanation });
}

/**
 * All items of a source: each person once, and the manifest. An id that comes twice means that the
 * directory changed while it was read, so another person may be missing. A directory without a person who
 * is active and in scope is not complete: a word in Settings is wrong, or something is hidden.
 *
 * @param persons from person()
 * @param about as for manifestItem, without count; and `total`: how many people the vendor says
 * there are, where it says so; `silence`: why it may tell the status of no one
 */
export function directoryAnswer(source, persons, about) {
	const { total, silence = SILENCE, ...reading } = about;
	const once = onceEach(persons);
	const reasons = [...(reading.reasons ?? [])];
	if (once.length !== persons.length) {
		reasons.push('A person came twice, so the directory changed while it was read.');
	}
	if (total !== undefined && total !== once.length) {
		reasons.push(`The directory says that there are ${total} people, and ${once.length} came.`);
	}
	const isDeserted = once.every((one) => one.active === false || one.inScope === false);
	// A credential that may not read it gets an answer without it, and no error.
	const isSilent = once.length > 0 && once.every((one) => one.status === 'unknown' && one.statusWord === undefined);
	if (isSilent) reasons.push(silence);
	if (once.length === 0 && reasons.length === 0) reasons.push('The directory lists no one.');
	if (once.length > 0 && isDeserted) {
		reasons.push('No one is active and in scope: see Settings for the scope, the Notion app and words.');
	}
	const isWhole =
		once.length === persons.length &&
		(total === undefined || total === once.length) &&
		!isDeserted &&
		!isSilent;
	const complete = reading.complete && isWhole;
	const manifest = manifestItem({ ...reading, source, count: once.length, complete, reasons });
	return [...once.map((json) => ({ json })), { json: manifest }];
}
