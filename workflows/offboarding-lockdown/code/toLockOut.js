// The intention of each is stored; now what others have used of the limit in the last 24 hours.
const DAY = 24 * 60 * 60 * 1000;

const intentions = $('Write intention')
	.all()
	.map(({ json }) => json);
const used = rowsOf($('Read usage').all());
const history = rowsOf($('Read history').all()).sort((one, other) => one.id - other.id);
const people = $('To remove')
	.all()
	.map(({ json }) => json);
const limit = Number($('Settings').first().json.removalLimit) || 0;
const released = people.filter(({ kind }) => kind === 'release').length;
const now = Date.now();

return people.map((person, index) => {
	const { id } = intentions[index];
	const rows = history.filter((row) => row.id < id && isOfEmployee(row, person));
	const unique = [...new Map(rows.map((row) => [row.id, row])).values()];
	const { wasKnown, isHeld, wasDeclined, isUnderWay, attempt, dead } = historyOf(unique, now);
	const alreadyUsed = usedByOthers(
		used.filter(
			(row) =>
				row.id < id &&
				row.execution !== String($execution.id) &&
				now - new Date(row.createdAt).getTime() < DAY,
		),
		person,
	);
	// Who is held waits for a person, also when the limit of another day would let them pass. After a "No",
	// the nightly sweep alone puts nobody past the list; a new event of the HRIS does.
	const isNightly = String(person.eventId).startsWith('nightly:');
	const isStopped = person.kind !== 'release' && (isHeld || (wasDeclined && isNightly));
	const isOldNews = person.kind === 'changed' && now - Date.parse(person.effectiveAt) > RECENT;
	return {
		json: {
			...person,
			id,
			isHeld: isHeld && person.kind !== 'release',
			isUnderWay,
			...(attempt ? { attempt } : {}),
			dead,
			...(isStopped
				? { alreadyUsed: 1, removalLimit: 1 }
				: // What a person has approved is not held again.
					{
						alreadyUsed,
						removalLimit: person.kind === 'release' ? alreadyUsed + released : limit,
					}),
			ifNobody: wasKnown || attempt || isUnderWay || isOldNews ? 'report' : 'fail',
		},
	};
});
