// An event is this execution's to do if the lowest living claim on it is this execution's.
const DEAD_AFTER = 15 * 60 * 1000;

const claimsByKey = new Map();
for (const { json: row } of $input.all()) {
	const age = Date.now() - new Date(row.createdAt).getTime();
	const lives = row.state === 'done' || (row.state === 'working' && age < DEAD_AFTER);
	if (lives) claimsByKey.set(row.key, [...(claimsByKey.get(row.key) ?? []), row]);
}

const taken = new Set();
return $('Events').all().flatMap(({ json }, index) => {
	const rows = claimsByKey.get(json.claimKey) ?? [];
	const first = rows.reduce((lowest, row) => (row.id < lowest.id ? row : lowest), rows[0]);
	// The same event twice in one delivery is done once, too.
	if (first?.execution !== String($execution.id) || taken.has(json.claimKey)) return [];
	taken.add(json.claimKey);
	return [{ json, pairedItem: index }];
});
