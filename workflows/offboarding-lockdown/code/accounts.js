// The accounts of these employees, each once. Which HRIS a link belongs to is looked at once that has answered.
const userIds = rowsOf($('Read links').all()).flatMap(({ userId }) => userId || []);
return [...new Set([...userIds, 'none'])].map((userId) => ({ json: { userId } }));
