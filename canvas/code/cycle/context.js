// Everything that a plan has to know besides the two directories.
const NO_LIMIT = 1000000;
const settings = $('Settings').first().json;
const now = Date.now();
const cycles = tableRows($('Read cycles').all());
const standing = standingOf(cycles, settings, now);
const changes = tableRows($('Read changes').all());
const removals = tableRows($('Read removals').all());
const used = usedOfDay({ changes, removals, execution: $execution.id, now });
// Once a day the plan also names whoever is as they should be, so that everybody is linked to their entry in
// the directory before their address changes.
const today = new Date(now).toISOString().slice(0, 10);
const includeUnchanged = !cycles.some(
	({ state, startedAt }) => state === 'good' && String(startedAt).slice(0, 10) === today,
);
const policy = policyOf(settings, {
	used,
	memory: standing.memory,
	links: personLinks(tableRows($('Read links').all())),
	groupLinks: groupLinksOf(tableRows($('Read group links').all())),
	keepOut: keptOut({
		lockdowns: tableRows($('Read lockdowns').all()),
		removals,
		settings,
		now,
	}),
	recentChanges: recentMemberships(changes, now),
	includeUnchanged,
});
// What is beyond the limits of the day is no mistake: a person is asked about it. So the plan itself has none,
// and Verdict and Apply go by those of Settings.
const limits = { removalLimit: policy.removalLimit, createLimit: policy.createLimit };
const unlimited = { ...policy, removalLimit: NO_LIMIT, createLimit: NO_LIMIT };
return [{ json: { ...$('Mine to do').first().json, used, limits, policy: unlimited } }];
