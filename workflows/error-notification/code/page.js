// What is open now, and nothing else, can be acknowledged on the page that follows.
const rows = $input.all().map(({ json }) => json).filter(({ id }) => id !== undefined);
return [{ json: acknowledgePage(groupAlarms(rows), $now.zoneName) }];
