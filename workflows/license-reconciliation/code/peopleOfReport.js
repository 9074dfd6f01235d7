return peopleOf($input.all(), Date.now()).map((json) => ({ json }));
