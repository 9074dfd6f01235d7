// Everything is stored. An address that the mail server did not take must not stay unnoticed.
const { rejected = [] } = $('Send mail').first().json;
if (rejected.length > 0) {
	throw new Error(`The mail server did not take the address ${rejected.join(', ')}. Correct notifyTo in Settings.`);
}
return [];
