return requestsToEnd(rowsIn($input.all()), Date.now()).map((json) => ({ json }));
