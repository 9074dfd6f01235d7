const [failed] = $('Mail outcome').all(1);
const { isRed, subject, note } = $('Outcome').first().json;
const message = [
	...(isRed ? [`${subject}. ${note}`] : []),
	...(failed ? [`What came of it could not be mailed: ${failed.error?.message ?? failed.json.error}`] : []),
].join('\n');
return message === '' ? [] : [{ json: { message: message.slice(0, 3500) } }];
