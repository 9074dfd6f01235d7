import type { Switches } from '../switches.mts';
import type { Account } from '../workspace/account.mts';
import { fullName } from '../workspace/account.mts';
import { urn } from './answer.mts';

const LOCATION = 'https://app.notion.com/scim/v2';

/** `meta` as Notion writes it: epoch milliseconds in strings, which never move. */
export const metaOf = (resourceType: 'User' | 'Group', id: string, createdAt: number) => ({
	resourceType,
	created: String(createdAt),
	lastModified: String(createdAt),
	location: `${LOCATION}/${resourceType}s/${id}`,
});

/** Half of all people, always the same ones: those whose id ends in an even digit. */
const isInSilentHalf = (id: string): boolean => Number.parseInt(id.slice(-1), 16) % 2 === 0;

const leavesRoleOut = (account: Account, switches: Switches): boolean =>
	switches.roleStated === 'sometimes' && account.role === 'member' && isInSilentHalf(account.id);

const nameFields = ({ profile: { name } }: Account, switches: Switches) => {
	const formatted = fullName(name);
	switch (switches.nameFields) {
		case 'none':
			return {};
		case 'formattedOnly':
			return formatted === undefined ? {} : { name: { formatted }, displayName: formatted };
		case 'full':
			return formatted === undefined
				? {}
				: { name: { formatted, ...name }, displayName: formatted };
	}
};

/** An address as answers show it: in lower case, or with a capital first letter. */
export const shownEmail = (email: string, { emailFilterCase }: Switches): string =>
	emailFilterCase === 'ignored' ? email : email.charAt(0).toUpperCase() + email.slice(1);

const activeOf = (account: Account, { activeForm }: Switches): boolean | string | number => {
	const active = account.membership === 'member';
	switch (activeForm) {
		case 'boolean':
			return active;
		case 'text':
			return active ? 'True' : 'False';
		case 'number':
			return Number(active);
	}
};

/** An account as SCIM shows it. */
export const userResource = (account: Account, switches: Switches) => {
	const { id, profile } = account;
	return {
		schemas: [urn.user, ...(switches.extensionInSchemas === 'yes' ? [urn.notion] : [])],
		id,
		userName: shownEmail(profile.userName, switches),
		...nameFields(account, switches),
		emails: [
			{ value: shownEmail(profile.userName, switches), primary: true },
			...profile.secondaryEmails.map((value) => ({ value, primary: false })),
		],
		active: activeOf(account, switches),
		photos: account.photos,
		...profile.attributes,
		meta: metaOf('User', id, account.createdAt),
		...(leavesRoleOut(account, switches) ? {} : { [urn.notion]: { role: account.role } }),
	};
};
