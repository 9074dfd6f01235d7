import type { IDataObject } from 'n8n-workflow';

import type { UnsignedChange, PlannedChange } from '../../../lib/directory/plan/plannedChange.ts';
import { policyDigestOf } from '../../../lib/directory/plan/signPlan.ts';
import { planDigest, planSignerOf } from '../../../lib/directory/plan/planSigner.ts';
import { emailKey } from '../../../lib/scim/emailKey.ts';
import type { NotionTest } from '../support/notionTest.mts';

const HOUR = 3_600_000;

/** What a change is bound to, where it differs from a plan that was made a minute ago. */
export type Binding = {
	plannedAt?: number;
	allowPrivileged?: boolean;
	allowExternalMember?: boolean;
	/** Fields of the credential: `ownedDomains`, `protectedEmails`, `tokenCreatorEmail`, `access`. */
	guards?: {
		access?: 'readOnly' | 'noRemovals' | 'full';
		ownedDomains?: string[];
		protectedEmails?: string[];
		tokenCreatorEmail?: string;
	};
	/** Of the credential, where the plan was made with another one. */
	token?: string;
	baseUrl?: string;
};

/** Changes of one plan, signed as the node signs them. */
export const signed = (
	{ sandbox, token }: Pick<NotionTest, 'sandbox' | 'token'>,
	entries: UnsignedChange[],
	binding: Binding = {},
): PlannedChange[] => {
	const signer = planSignerOf(binding.baseUrl ?? sandbox.scimUrl, binding.token ?? token);
	const { guards = {} } = binding;
	const at = binding.plannedAt ?? Date.now() - 60_000;
	const bound = {
		workspace: signer.workspace,
		policyDigest: policyDigestOf({
			guards: {
				access: guards.access ?? 'full',
				ownedDomains: new Set(guards.ownedDomains ?? []),
				protectedEmails: new Set((guards.protectedEmails ?? []).map(emailKey)),
				tokenCreatorEmail: guards.tokenCreatorEmail,
			},
			allowPrivileged: binding.allowPrivileged ?? false,
			allowExternalMember: binding.allowExternalMember ?? false,
		}),
		plannedAt: new Date(at).toISOString(),
	};
	const digest = planDigest(entries, bound);
	return entries.map((entry) => {
		const change = {
			...entry,
			...bound,
			planDigest: digest,
			expiresAt: new Date(at + 24 * HOUR).toISOString(),
		};
		return { ...change, signature: signer.sign(change) };
	});
};

/** As they leave the node, and as a table gives them back. */
export const asItems = (changes: PlannedChange[]): IDataObject[] => JSON.parse(JSON.stringify(changes));

/** Changes about the people and groups of a sandbox, as a plan that saw them would have them. */
export class ChangesAbout {
	readonly #notion: NotionTest;

	constructor(notion: NotionTest) {
		this.#notion = notion;
	}

	signed(entries: UnsignedChange[], binding: Binding = {}): PlannedChange[] {
		return signed(this.#notion, entries, binding);
	}

	create(email: string, values: Record<string, string> = {}): UnsignedChange {
		return {
			...plain('user.create', 'joiner', `${email} is in the directory and not in Notion.`),
			target: { type: 'user', id: null, email, displayName: null, source: 'test', sourceId: email },
			changes: changesOf({ email, ...values }),
			precondition: { absent: true },
		};
	}

	update(email: string, values: Record<string, string>): UnsignedChange {
		const { role, profile } = this.#account(email);
		const before: Record<string, string | null> = {
			title: text(profile.attributes['title']),
			displayName: profile.name.formatted ?? null,
			role,
		};
		return {
			...plain('user.update', 'drift', `${email} differs from the directory.`),
			...this.#person(email),
			changes: changesOf(values, before),
			precondition:
				'role' in values
					? this.#seen(email)
					: {
							userName: profile.userName,
							active: true,
							values: Object.fromEntries(Object.keys(values).map((name) => [name, before[name] ?? null])),
						},
		};
	}

	rename(email: string, to: string): UnsignedChange {
		return {
			...plain('user.rename', 'renamed', `${email} is ${to} in the directory.`),
			...this.#person(email),
			changes: changesOf({ email: to }, { email }),
			impact: 1,
			precondition: this.#seen(email),
		};
	}

	remove(email: string): UnsignedChange {
		return {
			...plain('user.remove', 'inactive', `${email} has left the company.`),
			...this.#person(email),
			impact: 1,
			precondition: this.#seen(email),
		};
	}

	createGroup(name: string): UnsignedChange {
		return {
			...plain('group.create', 'groupMissing', `There is no group "${name}" in Notion.`),
			target: { type: 'group', id: null, displayName: name },
			precondition: {},
		};
	}

	renameGroup(name: string, to: string): UnsignedChange {
		return {
			...plain('group.rename', 'groupRenamed', `"${name}" is "${to}" in the directory.`),
			...this.#group(name),
			changes: changesOf({ displayName: to }, { displayName: name }),
			precondition: { groupName: name },
		};
	}

	adopt(name: string): UnsignedChange {
		return {
			...plain('group.adopt', 'groupExists', `The group "${name}" is taken over.`),
			...this.#group(name),
			precondition: { groupName: name, memberIds: this.#memberIds(name) },
		};
	}

	deleteGroup(name: string): UnsignedChange {
		const memberIds = this.#memberIds(name);
		return {
			...plain('group.delete', 'groupUnlisted', `The directory no longer names "${name}".`),
			...this.#group(name),
			impact: memberIds.length,
			precondition: { groupName: name, memberIds },
		};
	}

	/** A person or a group that does not exist is one that the same plan makes. */
	join(name: string, email: string): UnsignedChange {
		return {
			...plain('group.addMembers', 'groupMembership', `${email} belongs to "${name}".`),
			...this.#membership(name, email, false),
		};
	}

	leave(name: string, email: string): UnsignedChange {
		return {
			...plain('group.removeMembers', 'groupMembership', `${email} no longer belongs to "${name}".`),
			...this.#membership(name, email, true),
			impact: 1,
		};
	}

	#membership(name: string, email: string, isMember: boolean) {
		const { workspace } = this.#notion.sandbox;
		const group = workspace.groupByName(name);
		const account = workspace.isMember(email) ? workspace.userByEmail(email) : undefined;
		const { role, ...seen } = account ? this.#seen(email) : {};
		return {
			target: { type: 'group' as const, id: group?.id ?? null, displayName: name },
			member: { id: account?.id ?? null, email, displayName: null },
			precondition: {
				...(group ? { groupName: name } : {}),
				...seen,
				...(isMember ? { role } : {}),
				isMember,
			},
		};
	}

	#person(email: string): Pick<UnsignedChange, 'target'> {
		const { id, profile } = this.#account(email);
		return {
			target: {
				type: 'user', id, email: profile.userName, displayName: null, source: 'test', sourceId: email,
			},
		};
	}

	#seen(email: string) {
		const { role, profile } = this.#account(email);
		return { userName: profile.userName, role, active: true };
	}

	#group(name: string): Pick<UnsignedChange, 'target'> {
		const id = this.#notion.sandbox.workspace.groupByName(name)?.id ?? null;
		return { target: { type: 'group', id, displayName: name } };
	}

	#memberIds(name: string): string[] {
		return [...(this.#notion.sandbox.workspace.groupByName(name)?.memberIds ?? [])].sort();
	}

	#account(email: string) {
		const account = this.#notion.sandbox.workspace.userByEmail(email);
		if (!account) throw new Error(`No one has the address ${email}`);
		return account;
	}
}

const plain = (
	action: UnsignedChange['action'],
	reason: UnsignedChange['reason'],
	explanation: string,
): Omit<UnsignedChange, 'target' | 'precondition'> => ({
	action, reason, explanation, member: null, changes: [], guard: 'ok', impact: 0,
});

const changesOf = (
	values: Record<string, string>,
	before: Record<string, string | null> = {},
): UnsignedChange['changes'] =>
	Object.entries(values).map(([name, to]) => ({
		attribute: attributeNamed(name), from: before[name] ?? null, to,
	}));

const NAMES = ['email', 'displayName', 'title', 'department', 'role'] as const;

const attributeNamed = (name: string): (typeof NAMES)[number] => {
	const found = NAMES.find((one) => one === name);
	if (!found) throw new Error(`These changes are not about ${name}`);
	return found;
};

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
