// Both outputs of the node lead here: this runs once for all of them.
if ($runIndex > 0) return [];
const inputOf = (item) =>
	(Array.isArray(item.pairedItem) ? item.pairedItem[0] : item.pairedItem)?.item ?? item.pairedItem;
const items = [...$(NODE).all(0), ...$(NODE).all(1)];
const at = new Date().toISOString();
return $('Remove from Notion?')
	.all(OUTPUT)
	.map(({ json: deed }, index) => {
		const item = items.find((one) => inputOf(one) === index && (one.error || one.json.error || one.json.outcome));
		const isDone = item !== undefined && !item.error && !item.json.error;
		const failure = {
			kind: item?.error?.context?.kind ?? (item ? 'unknown' : 'serverError'),
			message: item?.json.error ?? item?.error?.message ?? `The node ${NODE} could not run. Check its credential.`,
			record: item?.error?.context?.record,
		};
		return { json: { ...deed, at, ...resultOf(deed, isDone ? item.json : undefined, isDone ? undefined : failure) } };
	});
