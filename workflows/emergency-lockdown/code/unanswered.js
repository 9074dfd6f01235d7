// Whoever stores a result later still overwrites this.
return $input.first().json.unanswered.map((entry) => ({ json: { entry } }));
