import { generateKeyPairSync } from 'node:crypto';

import { AccessTokens } from './accessTokens.mts';
import { startVendor, type Vendor } from './accountVendor.mts';
import { DirectoryStaff } from './directoryStaff.mts';
import { directoryRoutes, type GoogleDirectory } from './googleDirectory.mts';
import { googleError } from './googleError.mts';
import {
	ADMIN,
	READING_SCOPES,
	refuseWithoutToken,
	SCOPES,
	SERVICE_ACCOUNT,
	tokenRoute,
} from './googleTokens.mts';
import { type GoogleUser, grantRoutes, isSame, newUser, type NewGoogleUser, userRoutes } from './googleUsers.mts';

/** The emulated Workspace, for admin.googleapis.com and oauth2.googleapis.com. */
export interface Google extends Vendor {
	/** For `vendors` of `startHost`: the true host names, all leading here. */
	readonly hosts: Record<string, string>;
	/** The people and groups that lists give; changes show at once. */
	readonly staff: DirectoryStaff;
	/** Deviations of lists from the documentation. */
	setLists(change: Partial<Omit<GoogleDirectory, 'staff'>>): void;
	/** Fields of n8n's credential googleApi for reading lists only. */
	readonly readingCredential: Record<string, string | boolean>;
	/** Fields of n8n's credential googleApi for the lockdown, set up for use in the node HTTP Request. */
	readonly credential: Record<string, string | boolean>;
	/** Every access token that was ever issued. */
	issuedTokens(): readonly string[];
	addUser(user: NewGoogleUser): GoogleUser;
	user(primaryEmail: string): GoogleUser | undefined;
}

/**
 * Starts a Workspace.
 *
 * @param staff the people that lists return; default: no one. Users that are added are found by address.
 */
export async function startGoogle({ staff = new DirectoryStaff() } = {}): Promise<Google> {
	const directory: GoogleDirectory = {
		staff,
		largestPage: 500,
		nextPages: 'on',
		archived: [],
		groupsOfAll: [],
	};
	const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
	const users: GoogleUser[] = [];
	const tokens = new AccessTokens('base64url');

	const vendor = await startVendor((server) => {
		tokenRoute(server, publicKey, tokens);
		refuseWithoutToken(server, tokens);
		directoryRoutes(server, directory);
		userRoutes(server, users);
		grantRoutes(server, users);
	}, googleError);

	const credential = {
		email: SERVICE_ACCOUNT,
		privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		inpersonate: true,
		delegatedEmail: ADMIN,
		httpNode: true,
	};
	return {
		...vendor,
		issuedTokens: () => tokens.issued(),
		hosts: { 'admin.googleapis.com': vendor.url, 'oauth2.googleapis.com': vendor.url },
		staff,
		setLists: (change) => Object.assign(directory, change),
		credential: { ...credential, scopes: SCOPES.join(' ') },
		readingCredential: { ...credential, scopes: READING_SCOPES.join(' ') },
		addUser: (user) => {
			const added = newUser(user);
			users.push(added);
			return added;
		},
		user: (name) => users.find(({ primaryEmail }) => isSame(primaryEmail, name)),
	};
}
