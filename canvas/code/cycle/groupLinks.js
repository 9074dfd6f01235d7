const rows = tableRows($('Read group links').all());
return groupLinksToWrite(planItems(), resultsByIndex(), rows, Date.now()).map((json) => ({ json }));
