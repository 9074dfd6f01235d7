const ids = peopleOf('All inactive').map(({ id }) => text(id));
if (ids.length === 0) return [{ json: { nobody: true } }];
return [...new Set(ids)].map((id) => ({ json: { nobody: false, id } }));
