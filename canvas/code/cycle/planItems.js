/** The lines that this execution works with: its own plan's, or those that a person has approved. */
function planItems() {
	const { ask, planId } = $('Verdict').first().json;
	if (ask !== 'applyPlan')
		return $('Plan')
			.all(0)
			.map(({ json }) => json);
	const row = tableRows($('Read plans').all()).find(({ id }) => id === planId);
	return fromJson(row?.items, []);
}

/** Those of them that are carried out, in the order of {@link intentionOf}'s rows. */
function itemsToApply() {
	const { apply } = $('Verdict').first().json;
	const items = planItems();
	return apply.map((index) => items[index]);
}
