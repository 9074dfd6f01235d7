const rows = $('Overdue').all().map(({ json }) => json).filter(({ again }) => again);
if (rows.length === 0) return [];
return [{ json: { order: orderFor(rows, $('Settings').first().json), startedAt: Date.now() } }];
