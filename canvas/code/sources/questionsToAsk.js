return askable.map((json) => ({ json }));
