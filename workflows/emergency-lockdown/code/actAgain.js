// What is done once more, and what is set aside: in the form in which a call gives it.
const rows = $('Overdue').all().map(({ json }) => json);
const those = (next) => rows.filter((row) => row.next === next);
const parts = { copies: those('copy'), waiting: those('wait') };
const order = orderFor(those('again'), $('Settings').first().json);
if (order.people.length + parts.copies.length + parts.waiting.length === 0) return [];

return [{ json: { order, ...setAside(parts), startedAt: Date.now() } }];
