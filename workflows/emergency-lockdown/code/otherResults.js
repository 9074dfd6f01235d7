// Whoever is not acted on: not found, protected, not set up, or not to be asked about.
return $input.all().map(({ json }) => ({ json: resultOf(json, json) }));
