// Both outputs of Lock out lead here: this runs once for all of them.
if ($runIndex > 0) return [];
const people = $('To lock out')
	.all()
	.map(({ json }) => json);
const items = [...$('Lock out').all(0), ...$('Lock out').all(1)];
const leaves = rowsOf($('Read leaves').all());
const settings = $('Settings').first().json;
const now = Date.now();

/** The input that an item answers; only the place in a list says it for items that failed. */
const inputOf = (item) =>
	(Array.isArray(item.pairedItem) ? item.pairedItem[0] : item.pairedItem)?.item ?? item.pairedItem;

return people.map((person, index) => {
	const item = items.find(
		(one) => inputOf(one) === index && (one.error || one.json.error || one.json.record),
	);
	const isDone =
		item?.json.record !== undefined &&
		['removed', 'alreadyGone'].includes(item.json.outcome) &&
		item.json.verified === true;
	const failure = {
		kind: item?.error?.context?.kind ?? (item ? 'unknown' : 'serverError'),
		message:
			item?.json.error ??
			item?.error?.message ??
			'The node Lock out could not run. Check its credential.',
		record: item?.error?.context?.record,
	};
	return {
		json: outcomeOf({
			person,
			...(isDone ? { result: item.json } : { failure }),
			rows: leaves.filter(
				(row) => isOfEmployee(row, person) || person.eventId === `scheduled:${row.id}`,
			),
			settings,
			now,
		}),
	};
});
