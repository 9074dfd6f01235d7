// The intentions are stored; what was stored in the window, by whomever, says what may be done now.
const settings = $('Settings').first().json;
const execution = String($execution.id);
const now = Date.now();
const rows = $input.all().map(({ json }) => json).filter(({ entry }) => entry);
const isMine = (row) => row.execution === execution && row.outcome === 'intended';
const parts = divided(rows, { isMine, limit: settings.limitPeople, now });

return [{ json: { order: orderFor(parts.act, settings), ...setAside(parts), startedAt: now } }];
