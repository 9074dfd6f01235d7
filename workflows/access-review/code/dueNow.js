// What the day asks for. Without an open review there is nothing to do.
const rowsOf = (name, is = ({ id }) => id !== undefined) =>
	$(name)
		.all()
		.map(({ json }) => json)
		.filter(is);
const [review] = rowsOf('Open reviews').sort((one, other) => one.id - other.id);
if (!review) return [];
const now = Date.now();
const listed = rowsOf('Directory today', ({ sourceId, manifest }) => sourceId !== undefined || manifest === true);
const persons = listed.filter(({ manifest }) => manifest !== true);
const manifest = listed.find((item) => item.manifest === true);
// Without a directory everything goes on as it was; with gaps in it, only what it does say counts.
const directory =
	persons.length > 0
		? {
				byAddress: peopleByAddress(persons),
				isComplete: manifest?.complete === true && manifest.count === persons.length,
			}
		: undefined;
const settings = $('Settings').first().json;
const due = whatIsDue(review, rowsOf('Rows of review'), rowsOf('Letters of review'), settings, now, directory);
// Only what the steps behind this need: a review may have tens of thousands of rows.
const letters = due.letters.map(({ reviewer, kind, rows }) => ({
	reviewer,
	kind,
	// Nobody comes after them, or the next one would be asked.
	gone: goneBecause(reviewer, '', directory),
	rowCount: rows.length,
	people: new Set(rows.map(({ userId }) => userId)).size,
	askedAs: [...new Set(rows.map(({ reviewerAs }) => reviewerAs))].join(', '),
}));
return [{ json: { review, now, changes: changesOf(due.changes, rowsOf('Rows of review')), letters } }];
