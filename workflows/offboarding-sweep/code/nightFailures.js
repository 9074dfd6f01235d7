// Everything is stored and told; now the list of executions is to show that somebody has to look.
const { trouble, isNight } = $('Comparison').first().json;
const failed = [...trouble, ...(isNight ? missedFailures().map(({ text }) => text) : [])];
const [mail] = itemsOf('Mail report', 1);
if (mail) failed.push(`The leaver report could not be mailed: ${mail.json.error}`);
return failed.length > 0 ? [{ json: { message: failed.join(' ') } }] : [];
