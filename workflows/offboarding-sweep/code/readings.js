/** What the HRIS answered to "who has left?". Without a complete manifest nobody may be touched. */
function hrisReading(items) {
	const failure = items.find((json) => typeof json.error === 'string' && json.found === undefined);
	const manifests = items.filter(({ manifest }) => manifest === true);
	const [manifest] = manifests;
	const records = items.filter(({ found }) => found === true).map(withBareAddresses);
	const trouble = failure
		? `The HRIS could not be read: ${failure.error}`
		: manifests.length !== 1
			? 'The HRIS did not say whether its list is whole.'
			: manifest.complete !== true
				? `The list of the HRIS is not whole. ${manifest.explanation ?? ''}`.trim()
				: Number(manifest.count) !== records.length
					? `The HRIS announced ${manifest.count} leavers and gave ${records.length}.`
					: undefined;
	return { records, manifest, trouble };
}

/** The members of Notion. A list with gaps is an error of the node, and so is one without anybody. */
function memberReading(items) {
	const failure = items.find((json) => typeof json.error === 'string' && json.id === undefined);
	const members = items.filter(({ id, email }) => id && email);
	const trouble = failure
		? `Notion's members could not be read: ${failure.error}`
		: members.length === 0
			? 'Notion listed no members at all.'
			: members.length !== items.length || items.some(({ listComplete }) => listComplete === false)
				? "The list of Notion's members is not whole."
				: undefined;
	return { members, trouble };
}

/** What a node gave out at an output; nothing where it did not run. The second output is that of errors. */
function itemsOf(name, output = 0) {
	return $(name).isExecuted ? $(name).all(output) : [];
}

/** The rows that a Data Table node read: it gives one empty item out where there are none. */
function rowsOf(name) {
	return itemsOf(name)
		.map(({ json }) => json)
		.filter(({ id }) => id !== undefined);
}
