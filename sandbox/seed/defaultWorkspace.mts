import type { Workspace } from '../workspace/workspace.mts';

/** The creator of the token that every sandbox starts with. */
export const OWNER_EMAIL = 'owner@example.com';

/** The domain that every sandbox has verified. */
export const VERIFIED_DOMAIN = 'example.com';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/**
 * Fills an empty workspace with a small company.
 *
 * @returns the owner's token
 */
export const seedDefaultWorkspace = (
	workspace: Workspace,
	{ empty, token }: { empty: boolean; token: string | undefined },
): string => {
	workspace.verifiedDomains.add(VERIFIED_DOMAIN);
	workspace.addUser({ email: OWNER_EMAIL, name: 'Grace Osei', role: 'owner' });
	const secret = workspace.addToken(OWNER_EMAIL, token);
	if (empty) return secret;

	workspace.addUser({ email: 'second.owner@example.com', name: 'Tomáš Novák', role: 'owner' });
	workspace.addUser({
		email: 'admin@example.com',
		name: 'Ingrid Solberg',
		role: 'membership_admin',
	});
	workspace.addUser({
		email: 'ada@example.com',
		name: 'Ada Lovelace',
		attributes: { title: 'Engineer', [enterprise]: { department: 'Engineering' } },
	});
	workspace.addUser({
		email: 'kenji@example.com',
		name: 'Kenji Watanabe',
		secondaryEmails: ['kenji.watanabe@home.example'],
		attributes: { title: 'Account executive', [enterprise]: { department: 'Sales' } },
	});
	workspace.addUser({
		email: 'maria@example.com',
		name: 'María José Fernández',
		attributes: { title: 'Controller', [enterprise]: { department: 'Finance' } },
	});
	workspace.addUser({
		email: 'robin@contractor.example',
		name: 'Robin Adeyemi',
		role: 'restricted_member',
	});
	workspace.addGuest({ email: 'guest@partner.example', name: 'Noor Haddad' });

	const staff = workspace.members().filter(({ role }) => role !== 'restricted_member');
	workspace.addGroup({ displayName: 'All Staff', members: staff.map(({ id }) => id) });
	workspace.addGroup({ displayName: 'Engineering', members: ['ada@example.com'] });
	workspace.addGroup({ displayName: 'Sales', members: ['kenji@example.com'] });
	workspace.addGroup({ displayName: 'Finance', members: ['maria@example.com'] });

	workspace.addSession('ada@example.com', 'web', 'Firefox on Linux');
	workspace.addSession('ada@example.com', 'mobile', 'iPhone');
	workspace.addSession('kenji@example.com', 'web', 'Chrome on Windows');
	workspace.addSession('maria@example.com', 'web', 'Safari on macOS');
	workspace.addSession('robin@contractor.example', 'mobile', 'Android phone');

	workspace.access.addPersonalAccessToken('ada@example.com', 'Release notes script');
	workspace.access.connectMcpClient('ada@example.com');
	workspace.access.addPersonalAccessToken('kenji@example.com', 'CRM export');
	return secret;
};
