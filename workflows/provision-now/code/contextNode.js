// Everything that a plan has to know besides the two directories, for one person.
const settings = $('Settings').first().json;
const { only } = $('Request').first().json;
const now = Date.now();
const changes = tableRows($('Read changes').all());
const removals = tableRows($('Read removals').all());
const used = usedOfDay({ changes, removals, execution: $execution.id, now });
// How the directory was before, as the last good cycle of any workflow has stored it.
const remembered = tableRows($('Read cycles').all())
	.filter(({ memory }) => memory)
	.sort((one, other) => other.id - one.id)[0];
const policy = policyOf(settings, {
	used,
	memory: fromJson(remembered?.memory, undefined),
	links: personLinks(tableRows($('Read links').all())),
	groupLinks: groupLinksOf(tableRows($('Read group links').all())),
	keepOut: keptOut({
		lockdowns: tableRows($('Read lockdowns').all()),
		removals,
		settings,
		now,
	}),
	recentChanges: recentMemberships(changes, now),
	includeUnchanged: true,
	only,
});
return [{ json: { ask: 'cycle', used, policy } }];
