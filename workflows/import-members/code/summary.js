/** What would be written of the members that were compared: rows of the directory, and links. */
function toWrite(compared, settings) {
	const chosen = compared.filter(
		({ standing }) => standing === 'new' || (standing === 'changed' && settings.updateChanged),
	);
	return {
		people: chosen.map(({ row }) => row),
		links: compared
			.filter(({ standing, needsLink }) => needsLink && standing !== 'ambiguous')
			.map(({ sourceId, email, userId }) => ({ sourceId, email, userId })),
	};
}

/** The directory as it would be then, as a CSV file that the source reads. */
function directoryCsv(rows, people, { delimiter, closingRow }) {
	const written = new Map(people.map((row) => [row.sourceId, row]));
	const kept = rows.map(listedRow).map((row) => {
		const changed = written.get(row.sourceId);
		written.delete(row.sourceId);
		return changed ?? row;
	});
	const all = [...kept, ...written.values()];
	const cells = all.map((row) => LIST_COLUMNS.map((name) => row[name] ?? ''));
	const closing = closingRow === '' ? [] : [[closingRow, String(all.length)]];
	return csvText([LIST_COLUMNS, ...cells, ...closing], delimiter);
}

/** What a person is told. */
function summaryOf(compared) {
	const count = (standing) => compared.filter((one) => one.standing === standing).length;
	return {
		members: compared.length,
		new: count('new'),
		imported: count('imported'),
		changed: count('changed'),
		ambiguous: count('ambiguous'),
		leftOut: count('leftOut'),
	};
}
