const rows = tableRows($('Read group links').all());
// What this execution has begun is not in it: it was read before.
const changes = tableRows($('Read changes').all());
return groupLinksToWrite(planItems(), resultsByIndex(), rows, changes, Date.now()).map((json) => ({
	json,
}));
