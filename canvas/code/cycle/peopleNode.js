// A mistake in Settings is told like a directory that cannot be read: nothing is taken away, and the cycle ends.
const settings = $('Settings').first().json;
const items = $('Directory source')
	.all()
	.map(({ json }) => json);
try {
	return peopleToCompare(items, settings, Date.now()).map((json) => ({ json }));
} catch (error) {
	return [{ json: failedManifest(error.message, Date.now()) }];
}
