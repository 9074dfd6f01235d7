// The step before gave rows out: back to the people.
return $('People').all().map(({ json }, index) => ({ json, pairedItem: index }));
