import type { Guards } from '../../../lib/directory/guards/guards.ts';
import type { Directory, Manifest, Person } from '../../../lib/directory/person/person.ts';
import { plan } from '../../../lib/directory/plan/plan.ts';
import type { Plan } from '../../../lib/directory/plan/plan.ts';
import type { UnsignedChange } from '../../../lib/directory/plan/plannedChange.ts';
import type { Memory, PlanContext, Policy } from '../../../lib/directory/plan/policy.ts';
import type { Workspace } from '../../../lib/directory/workspace/workspace.ts';
import type { Group } from '../../../lib/scim/groupResource.ts';
import { readAddresses } from '../../../lib/scim/personAttributes.ts';
import type { PersonAttributes } from '../../../lib/scim/personAttributes.ts';
import type { User } from '../../../lib/scim/userResource.ts';

export const HOUR = 60 * 60 * 1_000;
export const NOW = Date.parse('2026-03-02T09:00:00.000Z');
export const READ_AT = '2026-03-02T08:59:00.000Z';

/** A person of the directory `entra`, active; `ada` is the id, the name and the local part. */
export function person(name: string, settings: Partial<Person> & { email?: string } = {}): Person {
	const { email = `${name}@example.com`, attributes: stated, ...others } = settings;
	const { attributes, unreadable } = readAddresses({ email, displayName: nameOf(name), ...stated });
	return {
		source: 'entra',
		sourceId: name,
		active: others.status !== 'inactive',
		status: 'active',
		statusWord: undefined,
		attributes,
		unreadableAddresses: unreadable,
		role: undefined,
		groups: [],
		startAt: undefined,
		endDate: undefined,
		inScope: true,
		scopeNote: undefined,
		explanation: undefined,
		kind: 'person',
		...others,
	};
}

function nameOf(name: string): string {
	return name.charAt(0).toUpperCase() + name.slice(1);
}

/** A member; the id is `u-ada`. */
export function user(
	name: string,
	settings: { email?: string; role?: string; active?: boolean; attributes?: PersonAttributes } = {},
): User {
	const userName = settings.email ?? `${name}@example.com`;
	return {
		id: `u-${name}`,
		userName,
		active: settings.active ?? true,
		role: settings.role,
		attributes: { email: userName, displayName: nameOf(name), ...settings.attributes },
		resource: {},
	};
}

/** A group; the id is `g-Name`. */
export function group(displayName: string, members: string[] = [], id = `g-${displayName}`): Group {
	return { id, displayName, memberIds: members.map((name) => `u-${name}`), resource: {} };
}

export function manifest(persons: Person[], settings: Partial<Manifest> = {}): Manifest {
	const source = settings.source ?? 'entra';
	return {
		source,
		readAt: READ_AT,
		pages: 1,
		count: persons.filter((one) => one.source === source).length,
		complete: true,
		groupsComplete: true,
		attributesRead: ['email', 'displayName'],
		explanation: undefined,
		...settings,
	};
}

/** One good reading of every source that the persons are from. */
export function directory(persons: Person[], settings: Partial<Manifest> = {}): Directory {
	const sources = [...new Set(['entra', ...persons.map(({ source }) => source)])];
	const present = sources.filter((source) => persons.some((one) => one.source === source));
	return {
		persons,
		manifests: (present.length > 0 ? present : ['entra']).map((source) =>
			manifest(persons, { source, ...settings }),
		),
		unreadable: [],
	};
}

export function workspace(users: User[], groups: Group[] = []): Workspace {
	const evidence = {
		count: users.length,
		firstTotal: users.length,
		lastTotal: users.length,
		pages: 1,
		passes: 1,
	};
	return {
		id: 'workspace',
		users,
		groups,
		reading: { startedAt: READ_AT, readAt: READ_AT, users: evidence, groups: evidence },
	};
}

export function guards(settings: Partial<Guards> = {}): Guards {
	return {
		access: 'full',
		ownedDomains: new Set(['example.com']),
		protectedEmails: new Set(),
		tokenCreatorEmail: 'root@example.com',
		...settings,
	};
}

/** A policy of which some settings are given; its two limits by their names. */
export type PolicySettings = Partial<Policy> & { removalLimit?: number | undefined; createLimit?: number | undefined };

/** The limits that an admin has set. */
export function limits(set: Pick<PolicySettings, 'removalLimit' | 'createLimit'>): Policy['limits'] {
	return new Map(Object.entries(set).flatMap(([name, most]) => (most === undefined ? [] : [[name, most]])));
}

export function policy(settings: PolicySettings = {}): Policy {
	const { removalLimit, createLimit, ...others } = { removalLimit: 100, createLimit: 100, ...settings };
	return {
		syncAttributes: ['displayName', 'title', 'department'],
		syncRole: false,
		createMissing: true,
		updateDrift: true,
		onInactive: 'remove',
		onUnlisted: 'report',
		onOutOfScope: 'report',
		managedGroups: [],
		adoptGroups: 'off',
		createEmptyGroups: false,
		deleteUnlistedGroups: false,
		removeWithoutManagedGroup: false,
		roleMap: new Map(),
		limits: limits({ removalLimit, createLimit }),
		alreadyUsed: { removals: 0, creations: 0 },
		confirmAfter: 24 * HOUR,
		maxSourceShrink: 0.05,
		allowPrivileged: false,
		allowExternalMember: false,
		blocks: [],
		only: undefined,
		guards: guards(),
		...others,
	};
}

export function context(settings: Partial<PlanContext> = {}): PlanContext {
	return {
		links: { people: [], groups: [] },
		memory: { sources: {}, absentSince: {} },
		recentChanges: [],
		now: NOW,
		...settings,
	};
}

export function memory(settings: Partial<Memory> = {}): Memory {
	return { sources: {}, absentSince: {}, ...settings };
}

/** A link between the entry `ada` and the account `u-ada`. */
export function link(
	name: string,
	settings: { user?: string; email?: string | undefined; source?: string } = {},
): PlanContext['links']['people'][number] {
	return {
		source: settings.source ?? 'entra',
		sourceId: name,
		userId: `u-${settings.user ?? name}`,
		email: 'email' in settings ? settings.email : `${name}@example.com`,
	};
}

export interface Case {
	persons?: Person[];
	directory?: Directory;
	users?: User[];
	groups?: Group[];
	policy?: PolicySettings;
	context?: Partial<PlanContext>;
}

/** That each source was read the day before, and had as many people. */
export function knownBefore({ persons, manifests }: Directory): Memory {
	const readAt = new Date(Date.parse(READ_AT) - 24 * HOUR).toISOString();
	const countOf = (name: string) => persons.filter(({ source }) => source === name).length;
	return memory({
		sources: Object.fromEntries(
			manifests.map(({ source }) => [source, { readAt, count: countOf(source), filled: {} }]),
		),
	});
}

/** Where a case says nothing of an earlier plan, there was one that saw the same sources. */
export function planned({ persons = [], users = [], groups = [], ...settings }: Case): Plan {
	const listed = settings.directory ?? directory(persons);
	return plan(
		listed,
		workspace(users, groups),
		policy(settings.policy),
		context({ memory: knownBefore(listed), ...settings.context }),
	);
}

/** Changes in short: `action who: ok`, or `action who: blocked`, or `none who: reason`; unchanged ones left out. */
export function inShort({ entries }: Plan): string[] {
	return entries.flatMap((entry) => {
		if (entry.reason === 'unchanged') return [];
		const { action, target, member } = entry;
		const name = target.type === 'user' ? (target.email ?? target.sourceId) : target.displayName;
		const about = `${member ? `${member.email} ` : ''}${name}`;
		const state = action === 'none' ? entry.reason : entry.guard === 'ok' ? 'ok' : 'blocked';
		return [`${action} ${about}: ${state}`];
	});
}

/** The one change that an action or, for entries that only explain, a reason has. */
export function theChange({ entries }: Plan, actionOrReason: string): UnsignedChange {
	const found = entries.filter(
		({ action, reason }) =>
			action === actionOrReason || (action === 'none' && reason === actionOrReason),
	);
	const [entry] = found;
	if (!entry || found.length > 1) {
		throw new Error(
			`${found.length} changes ${actionOrReason} among ${entries.map(({ action }) => action).join(', ')}`,
		);
	}
	return entry;
}
