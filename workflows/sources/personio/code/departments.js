const units = entriesOf('Employments').flatMap(({ org_units: list }) => list ?? []);
const ids = new Set(
	units.flatMap(({ type, id }) => (type === 'department' ? (text(id) ?? []) : [])),
);
if (ids.size === 0) return [{ json: { none: true } }];
return [...ids].map((id) => ({ json: { none: false, id } }));
