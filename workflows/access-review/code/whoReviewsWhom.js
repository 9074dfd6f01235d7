// Each row gets the one who is asked first. Nothing is stored before this.
const snapshot = $input.all().map(({ json }) => json);
const population = snapshot.find((item) => item.population === true);
const persons = $('Directory source')
	.all()
	.map(({ json }) => json)
	.filter(({ manifest }) => manifest !== true);
if (!population || persons.length === 0) {
	throw new Error('The directory source gave nobody, so nobody could be asked. The review was not started.');
}
const rows = snapshot.filter((item) => item.population !== true);
const reviewId = `review-${population.reading.readAt.slice(0, 10)}-${population.snapshotId.slice(0, 6)}`;
return reviewRows(rows, persons, $('Settings').first().json, reviewId).map((json) => ({ json }));
