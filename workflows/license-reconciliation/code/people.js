/**
 * What a directory source gave, as the node takes it. A source that failed as a whole is a reading with
 * gaps: the report is made all the same, says so, and calls nobody orphaned.
 *
 * @param items as the step that calls the source gives them out
 */
function peopleOf(items, now) {
	const failed = items.find(({ json, error }) => error || json.error);
	const given = items.filter(({ json, error }) => !error && !json.error && Object.keys(json).length > 0);
	if (given.length > 0 && !failed) return given.map(({ json }) => json);
	const why = failed ? (failed.error?.message ?? failed.json.error?.message ?? failed.json.error) : 'It gave nothing.';
	return [
		...given.map(({ json }) => json),
		{
			manifest: true,
			source: 'the directory source',
			readAt: new Date(now).toISOString(),
			pages: 0,
			count: 0,
			complete: false,
			groupsComplete: false,
			attributesRead: [],
			explanation: `It could not be asked. ${typeof why === 'string' ? why : ''}`.trim(),
		},
	];
}
