const { tokenCreator, alarmHours } = $('Settings').first().json;
if (!(alarmHours > 0)) throw new Error('Settings: alarmHours has to be more than 0.');

const checks = $input.all().map(({ json }) => json).filter(({ checkedAt }) => checkedAt);
const verdict = verdictOn($('Read one user').first(), String(tokenCreator ?? '').trim());
return [{ json: outcomeOf(verdict, checks, Date.now(), alarmHours) }];
