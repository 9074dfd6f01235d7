import type { Switches } from '../switches.mts';
import type { PersonName, Profile } from '../workspace/account.mts';

/** A name as the workspace keeps it. */
export const storedName = (name: string, { nameStorage }: Switches): string =>
	nameStorage === 'asSent' ? name : name.normalize('NFC').replace(/\s+/g, ' ').trim();

/** A profile with its name and its plain texts as the workspace keeps them. */
export const storedProfile = (profile: Profile, switches: Switches): Profile => {
	const { formatted, givenName, familyName } = profile.name;
	const name: PersonName = {
		...(formatted === undefined ? {} : { formatted: storedName(formatted, switches) }),
		...(givenName === undefined ? {} : { givenName: storedName(givenName, switches) }),
		...(familyName === undefined ? {} : { familyName: storedName(familyName, switches) }),
	};
	const attributes = Object.fromEntries(
		Object.entries(profile.attributes).map(([key, value]) => [
			key,
			typeof value === 'string' ? storedName(value, switches) : value,
		]),
	);
	return { ...profile, name, attributes };
};
