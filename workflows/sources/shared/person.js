import { emailKey } from './emailKey.js';
import { given, settingsList, text } from './text.js';

/** Entra's principal name of a guest, as in `ada_example.com#EXT#@contoso.onmicrosoft.com`: no one's address. */
export function isGuestName(value) {
	return /#EXT#@/i.test(text(value) ?? '');
}

/**
 * One person as a directory source gives them out: texts without the space around them, and what has
 * no value left out. The name of a guest account is no address of anyone, and is left out as well.
 *
 * @param fields of the person; `secondaryEmails` may be an array, which becomes a text with commas,
 * without the primary address and without repetitions
 */
export function person(fields) {
	const [email, managerEmail] = [fields.email, fields.managerEmail].map((one) => (isGuestName(one) ? undefined : one));
	const addresses = settingsList(fields.secondaryEmails).filter((address) => !isGuestName(address));
	const secondary = new Map(addresses.map((address) => [emailKey(address), address]));
	secondary.delete(emailKey(email));
	const secondaryEmails = [...secondary.values()].join(', ');
	const note = isGuestName(fields.email)
		? `"${text(fields.email)}" is the name of a guest account in Microsoft Entra ID and no address, so no address is known.`
		: undefined;
	const explanation = text([fields.explanation, note].map(text).filter(Boolean).join(' '));
	const whole = { ...fields, email, managerEmail, secondaryEmails, explanation };
	const tidied = Object.entries(whole).map(([name, value]) => [
		name,
		typeof value === 'string' || typeof value === 'number' ? text(value) : (value ?? undefined),
	]);
	return given(Object.fromEntries(tidied));
}

/** Whether a value can be an address. */
export function isAddress(value) {
	return text(value)?.includes('@') === true && !isGuestName(value);
}
