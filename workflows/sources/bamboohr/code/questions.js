return asked.map((json) => ({ json }));
