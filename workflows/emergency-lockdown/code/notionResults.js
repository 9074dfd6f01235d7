// Where both outputs of the node have items, this runs for each; the first time it has all of them.
if ($runIndex > 0) return [];

const people = $('Account list').all().map(({ json }) => json);
const earlier = new Set($input.all().map(({ json }) => json.person));
const items = [...$('Lock down in Notion').all(0), ...$('Lock down in Notion').all(1)];

return items.map((item, index) => {
	const paired = typeof item.pairedItem === 'object' ? item.pairedItem.item : item.pairedItem;
	const person = item.json.entry !== undefined ? item.json : people[paired ?? index];
	const account = item.json.userId || item.error?.context?.record?.person?.id || '';
	return { json: resultOf({ ...person, account }, outcomeInNotion(item, earlier.has(person.person))) };
});
