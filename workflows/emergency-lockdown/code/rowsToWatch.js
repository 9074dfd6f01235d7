// Only Notion's results have a record with instants at which to look again.
return watchRows($('Store result').all().map(({ json }) => json)).map((json) => ({ json }));
