// Whoever is known to be an account in Notion is linked to it, so that a new address does not make a new person.
const rows = tableRows($('Read links').all());
return linksToWrite(planItems(), resultsByIndex(), rows).map((json) => ({ json }));
