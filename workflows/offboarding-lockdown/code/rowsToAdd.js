return allRows().flatMap(({ id, values }) => (id === undefined ? [{ json: values }] : []));
