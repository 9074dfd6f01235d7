// The accounts that belong to these employees, each once. An empty one asks for nothing.
const userIds = $('People')
	.all()
	.flatMap(({ json }) => linksOf(json, $('Read links').all(), []).userIds);
return [...new Set([...userIds, 'none'])].map((userId) => ({ json: { userId } }));
