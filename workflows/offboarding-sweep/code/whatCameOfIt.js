// Each kind of row went its own way; here they come together again.
const now = Date.now();
const taken = rowsOf('Take rows');
const WAYS = {
	hire: ['Call onboarding'],
	leave: ['Call offboarding'],
	watch: ['Member by ID', 'Member by address'],
	remind: ['Remind manager'],
};
const inputOf = ({ pairedItem }) =>
	(Array.isArray(pairedItem) ? pairedItem[0] : pairedItem)?.item ?? pairedItem;

/** What one node did with a row; its place among the rows of its kind is all that says which item is whose. */
function resultOf(name, row) {
	if (!$(name).isExecuted) return { failure: `The node ${name} did not run.` };
	const given =
		row.kind === 'remind' ? rowsOf('Reminder') : taken.filter(({ kind }) => kind === row.kind);
	const place = given.findIndex(({ id }) => id === row.id);
	const own = (output) => itemsOf(name, output).filter((item) => inputOf(item) === place);
	const [failed] = own(1);
	if (failed) return { failure: String(failed.json.error), kind: failed.error?.context?.kind };
	// A node that is switched off gives out what it was given.
	const isSwitchedOff = own(0).some(({ json }) => json.id === row.id && json.state === 'working');
	return isSwitchedOff ? { failure: `The node ${name} is switched off.` } : { items: own(0) };
}

/** Whoever is not found is gone: the node says so only after a good answer of the same server. */
function lookFor(row) {
	const looks = [
		...(row.userId ? [resultOf('Member by ID', row)] : []),
		...(row.email ? [resultOf('Member by address', row)] : []),
	];
	const member = looks
		.flatMap(({ items = [] }) => items)
		.find(({ json }) => json.id && json.active === true)?.json;
	if (member) return { member };
	if (looks.length === 0) return { failure: 'The row names nobody.' };
	const failed = looks.find(({ failure, kind }) => failure && kind !== 'notFound');
	return failed ? { failure: failed.failure } : {};
}

return taken.map((row) => {
	if (row.kind === 'remind' && isBack(row)) return { json: { row, ...withdrawn(row) } };
	const result =
		row.kind === 'watch' ? lookFor(row) : WAYS[row.kind] ? resultOf(WAYS[row.kind][0], row) : {};
	return { json: { row, ...afterWork(row, result, now) } };
});
