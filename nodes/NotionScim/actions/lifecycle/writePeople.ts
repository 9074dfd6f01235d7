import type { IDataObject } from 'n8n-workflow';

import { AddressBook } from '../../../../lib/directory/guards/addressChange';
import { assertMayWrite, privilege } from '../../../../lib/directory/guards/guards';
import type { Applied } from '../../../../lib/lifecycle/applied';
import { nothingApplied } from '../../../../lib/lifecycle/applied';
import type { GroupReference } from '../../../../lib/lifecycle/details';
import type { WriteResult } from '../../../../lib/lifecycle/joiners/afterWrite';
import { afterWrite } from '../../../../lib/lifecycle/joiners/afterWrite';
import { accessAlert } from '../../../../lib/lifecycle/joiners/joinerAccess';
import type { StoredChange } from '../../../../lib/lifecycle/journal';
import type { PersonAttributes } from '../../../../lib/scim/personAttributes';
import { isCancellation } from '../../execution/nodeErrors';
import { systemClock } from '../../transport/clock';
import type { Session } from '../../transport/session';
import type { GroupJoin } from '../group/joinGroups';
import { joinGroups } from '../group/joinGroups';
import { readAttributes } from '../user/attributes';
import { requiredEmail, requirePerson } from '../user/person';
import type { Allowed } from '../user/update.operation';
import { updatePerson } from '../user/update.operation';
import { upsertPerson } from '../user/upsert.operation';
import type { Applier } from './appliers';
import { failureOf } from './memberLookUp';

/** Carries out hires and changes, in order, so that two rows about one person never race. */
export const writePeople: Applier = async (rows, { context, session, links }) => {
	const applied: Applied = nothingApplied();
	const warning = accessAlert(session.guards.access);
	if (warning) {
		context.addExecutionHints({ message: warning.text, type: 'warning', location: 'outputPane' });
		applied.alerts.push(warning);
	}
	for (const row of rows) {
		const after = afterWrite(row, await written(session, row), { links, now: systemClock.now() });
		applied.changes.push(...after.changes);
		applied.links.push(...after.links);
		applied.alerts.push(...after.alerts);
	}
	return applied;
};

/** Writes one person. A failure is part of the result. @throws ScimError `cancelled` only */
async function written(session: Session, row: StoredChange): Promise<WriteResult> {
	try {
		assertMayWrite(session.guards);
		return row.kind === 'hire' ? await hired(session, row) : await changed(session, row);
	} catch (error) {
		return isCancellation(error) ? Promise.reject(error) : { groups: [], failure: failureOf(error) };
	}
}

async function hired(session: Session, row: StoredChange): Promise<WriteResult> {
	const { user, item } = await upsertPerson(session, {
		attributes: { ...attributesOf(row), email: requiredEmail(row.email) },
		role: row.details.role || undefined,
		mayBeExternal: false,
		mayBePrivileged: false,
		syncRole: false,
		onNotTaken: 'report',
	});
	const person = { id: user.id, ...outcomeOf(item) };
	const reason = person.outcome === 'created' ? undefined : privilege(session.guards, user);
	if (reason !== undefined) {
		const text = `${user.userName} ${reason}. Nothing was written. Decide by hand.`;
		return { user: person, groups: [], failure: { kind: 'protectedPerson', text } };
	}
	const groups = row.details.groups ?? [];
	const create = row.details.createGroups === true;
	const joins = await joinGroups(
		session,
		user.id,
		groups.map((group) => ({ locator: locatorOf(group), create })),
	);
	return { user: person, groups: groups.map((group, index) => joinOf(group, joins[index])) };
}

async function changed(session: Session, row: StoredChange): Promise<WriteResult> {
	const user = await requirePerson(session, { by: 'id', value: row.userId });
	const addresses = new AddressBook(async () => await session.users.everyone());
	const desired = { attributes: attributesOf(row), role: '' };
	const item = await updatePerson(session, addresses, user, desired, NOTHING_LOOSENED);
	return { user: { id: user.id, ...outcomeOf(item) }, groups: [] };
}

/** These workflows cannot loosen a guard. */
const NOTHING_LOOSENED: Allowed = {
	allowExternalMember: false,
	allowPrivileged: false,
	budget: { limit: 0, alreadyUsed: 0 },
};

/**
 * The person's attributes in the row, without the address. @throws ScimError `invalidInput` for a manager
 * without one
 */
function attributesOf({ details, displayName, managerEmail }: StoredChange): PersonAttributes {
	return readAttributes({ ...details.person, displayName, managerEmail });
}

function outcomeOf({ outcome, note }: IDataObject): { outcome: string; note: string } {
	return { outcome: String(outcome), note: typeof note === 'string' ? note : '' };
}

function locatorOf({ id, name }: GroupReference): { mode: string; value: string } {
	return id === undefined ? { mode: 'name', value: name } : { mode: 'id', value: id };
}

function joinOf(group: GroupReference, join: GroupJoin | undefined): WriteResult['groups'][number] {
	if (join && 'group' in join) {
		const { note } = join;
		return { group: { ...group, name: join.group.displayName }, ...(note === undefined ? {} : { note }) };
	}
	return { group, failure: failureOf(join?.error) };
}
