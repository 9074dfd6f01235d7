const { rows, isYes } = $('Decision').first().json;
if (!isYes) return [];
// The time to be shown is the one since the decision.
const now = Date.now();
const people = rows.map((row) => ({ ...row, askedAt: new Date(now).toISOString() }));
return [{ json: { order: orderFor(people, $('Settings').first().json), startedAt: now } }];
