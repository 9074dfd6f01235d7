import { isEmail } from '../../scim/emailAddress';
import { emailKey } from '../../scim/emailKey';
import type { EmailMatch } from '../../scim/userIndex';
import type { AttributeChange } from '../../scim/patchOperation';
import type { PersonAttributes } from '../../scim/personAttributes';
import { remedyForKept } from '../../scim/sameValue';
import { ScimError } from '../../scim/scimError';
import { unconfirmedNote, unsettled } from '../../scim/updateOutcome';
import type { User } from '../../scim/userResource';
import { assertMayChangeAddress } from '../guards/addressChange';
import type { Application } from './application';
import { stale } from './applyResult';
import { renameFailure } from './dependencies';
import {
	assertMayGiveRole,
	assertMayRaiseRole,
	assertMayTakeAway,
	assertMayWrite,
	assertMayWriteTo,
	assertNotTokenCreator,
	lowersRole,
	roleForNewMember,
} from '../guards/guards';
import type { Answer, Operation } from './changeRunner';
import type { PlannedChange } from '../plan/plannedChange';
import { targetUserId, targetUserName } from './changeTarget';
import { changesLeft, roleOr, userDifferences, valueDifferences } from './staleness';

/**
 * Changes addresses. Where one person gets an address that another gives up, the other comes first.
 */
export async function renameUsers(application: Application, changes: PlannedChange[]): Promise<void> {
	let waiting = changes;
	while (waiting.length > 0) {
		const givenUp = new Set(waiting.map((change) => emailKey(change.precondition.userName ?? '')));
		const isFree = (change: PlannedChange): boolean => {
			const to = emailKey(newAddress(change) ?? '');
			return to === emailKey(change.precondition.userName ?? '') || !givenUp.has(to);
		};
		const ready = waiting.filter(isFree);
		// People who swap their addresses wait for each other; each is told that the address is taken.
		const next = ready.length > 0 ? ready : waiting;
		await updateUsers(application, next);
		waiting = waiting.filter((change) => !next.includes(change));
	}
}

/** Changes attributes, addresses and roles. */
export async function updateUsers(application: Application, changes: PlannedChange[]): Promise<void> {
	await application.runner.run(changes, async (change) => await checkUpdate(application, change));
}

export async function createUsers(application: Application, changes: PlannedChange[]): Promise<void> {
	await application.runner.run(changes, async (change) => await checkCreation(application, change));
}

async function checkUpdate(application: Application, change: PlannedChange): Promise<Answer | Operation> {
	const { workspace, options, reading, own } = application;
	const { changes, precondition } = change;
	const user = await reading.user(targetUserId(change));
	if (!user?.active) throw stale([`${targetUserName(change)} has left the workspace`]);
	const left = changesLeft(changes, user);
	if (left.length === 0) return { outcome: 'unchanged', note: `${user.userName} was as wished already.` };

	const lowered = assertMayChange(application, user, left);
	const notRenamed = change.action === 'user.rename' ? undefined : renameFailure(application, user.id);
	if (notRenamed) return notRenamed;
	const differences = [
		...userDifferences(precondition, user, own),
		...valueDifferences(left, precondition, user),
	];
	const email = left.find(({ attribute }) => attribute === 'email')?.to;
	if (email !== undefined) {
		if (!isEmail(email)) differences.push(`"${email}" is no address that a person can have`);
		assertMayChangeAddress(workspace.guards, user, email, options);
		const obstacle = await reading.obstacleTo(email, user);
		if (obstacle !== undefined) differences.push(obstacle);
	}
	if (differences.length > 0) throw stale(differences);
	return {
		impact: (lowered ? 1 : 0) + (email === undefined ? 0 : 1),
		seats: 0,
		act: async () => await update(application, user, left),
	};
}

/** @returns whether the role is lowered. @throws ScimError */
function assertMayChange(
	{ workspace: { guards }, options }: Application,
	user: User,
	changes: AttributeChange[],
): boolean {
	assertMayWrite(guards);
	assertMayWriteTo(guards, user, options.allowPrivileged);
	const role = changes.find(({ attribute }) => attribute === 'role')?.to;
	if (role === undefined) return false;
	assertNotTokenCreator(guards, user);
	assertMayGiveRole(user.userName, role, options.allowPrivileged);
	const lowered = lowersRole(roleOr(user.role), role);
	const email = changes.find(({ attribute }) => attribute === 'email')?.to ?? user.userName;
	if (lowered) assertMayTakeAway(guards, `lower the role of ${user.userName}`);
	else assertMayRaiseRole(guards, email, role, options.allowExternalMember);
	return lowered;
}

async function update(
	{ workspace, reading }: Application,
	user: User,
	changes: AttributeChange[],
): Promise<Answer> {
	const { users, unconfirmedWrites, clock } = workspace;
	unconfirmedWrites.forget(user.id, changes.map(({ attribute }) => attribute));
	const { user: after, notTaken, unconfirmed } = await users.update(user, changes);
	unconfirmedWrites.remember(user.id, unconfirmed, clock.now());
	reading.replaceUser(after);
	if (notTaken.length > 0) throw notTakenError(after, notTaken);
	const written = changes.map(({ attribute, to }) => `${attribute} is "${to}"`).join(', ');
	return {
		outcome: 'done',
		note: `${after.userName}: ${written}. ${unconfirmedNote(unconfirmed)}`.trim(),
		userId: after.id,
	};
}

async function checkCreation(application: Application, change: PlannedChange): Promise<Answer | Operation> {
	const { workspace, options } = application;
	const email = change.target.type === 'user' ? (change.target.email ?? '') : '';
	if (!isEmail(email)) throw stale([`"${email}" is no address that a person can have`]);
	const found = await findOther(application, email);
	if (found.match === 'primary' && found.user.active) {
		return {
			outcome: 'unchanged',
			note: `${email} was a member already.`,
			userId: found.user.id,
		};
	}
	if (found.match === 'secondary') {
		throw stale([`${email} has become a secondary address of ${found.user.userName}`]);
	}
	const { guards } = workspace;
	assertMayWrite(guards);
	const desiredRole = change.changes.find(({ attribute }) => attribute === 'role')?.to;
	const { role, note } = roleForNewMember(guards, email, desiredRole, options.allowExternalMember);
	assertMayGiveRole(email, role, options.allowPrivileged);
	return {
		impact: 0,
		seats: 1,
		act: async () => await create(application, { ...desiredAttributes(change.changes), email }, role, note),
	};
}

async function create(
	{ workspace, reading }: Application,
	attributes: PersonAttributes & { email: string },
	role: string | undefined,
	guardNote: string | undefined,
): Promise<Answer> {
	const { users, unconfirmedWrites, clock } = workspace;
	const { user, created } = await users.create(attributes, role);
	reading.replaceUser(user);
	if (!created) {
		return { outcome: 'unchanged', note: `${user.userName} was a member already.`, userId: user.id };
	}
	const { notTaken: kept, unconfirmed } = unsettled(user, attributes, {});
	unconfirmedWrites.forget(user.id);
	unconfirmedWrites.remember(user.id, unconfirmed, clock.now());
	const given = roleOr(user.role);
	if (role !== undefined && given !== role && !lowersRole(role, given)) throw higherRole(user, role);
	const notes = [
		`${user.userName} is a member now, with the role ${given}.`,
		...(role !== undefined && given !== role ? [`Notion was asked for the role ${role}.`] : []),
		...(guardNote ? [guardNote] : []),
		...(kept.length > 0 ? [`Notion did not take: ${listOf(kept)}.`] : []),
	];
	return { outcome: 'done', note: notes.join(' '), userId: user.id };
}

async function findOther({ reading }: Application, email: string): Promise<EmailMatch> {
	try {
		return await reading.findByEmail(email);
	} catch (error) {
		if (error instanceof ScimError && error.kind === 'ambiguous') {
			return Promise.reject(stale([`${email} cannot be told from another address: ${error.message}`]));
		}
		return Promise.reject(error);
	}
}

/** More than was asked for must not be given unnoticed. */
function higherRole(user: User, role: string): ScimError {
	return new ScimError(
		'notTaken',
		`${user.userName} is a member now, but Notion gave the role ${roleOr(user.role)} instead of ${role}.`,
		'Correct the role in Notion under Settings, People, then make a new plan.',
	);
}

function notTakenError(user: User, kept: AttributeChange[]): ScimError {
	return new ScimError(
		'notTaken',
		`Notion accepted the update of ${user.userName} but did not take it: ${listOf(kept)}.`,
		remedyForKept(kept.map(({ attribute }) => attribute)),
		{ evidence: { notTaken: kept } },
	);
}

function listOf(changes: AttributeChange[]): string {
	return changes
		.map(({ attribute, from, to }) => `${attribute} is still "${from}" instead of "${to}"`)
		.join('; ');
}

function desiredAttributes(changes: AttributeChange[]): PersonAttributes {
	const desired: PersonAttributes = {};
	for (const { attribute, to } of changes) {
		if (attribute !== 'role') desired[attribute] = to;
	}
	return desired;
}

function newAddress({ changes }: PlannedChange): string | undefined {
	return changes.find(({ attribute }) => attribute === 'email')?.to;
}
