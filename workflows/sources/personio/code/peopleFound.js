const people = [...peopleOf('First search'), ...peopleOf('Second search')];
const ids = [...new Set(people.map(({ id }) => text(id)))];
if (ids.length === 0) return [{ json: { nobody: true } }];
return ids.map((id) => ({ json: { nobody: false, id } }));
