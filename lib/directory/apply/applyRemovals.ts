import { ScimError } from '../../scim/scimError';
import type { User } from '../../scim/userResource';
import type { Absence } from '../../scim/users';
import { absenceUnknown, stillMember } from '../../scim/users';
import type { Application } from './application';
import { stale } from './applyResult';
import { assertMayRemove, assertMayTakeAway } from '../guards/guards';
import type { Answer, Reserved, Reservation } from './changeRunner';
import { settled } from './changeRunner';
import { targetUserId, targetUserName } from './changeTarget';
import type { PlannedChange } from '../plan/plannedChange';
import { userDifferences } from './staleness';

/** So many are looked at, removed and looked at again together: each of them within few seconds. */
const REMOVED_TOGETHER = 50;

interface Removal extends Reservation {
	user: User;
}

/** Removes people from the workspace: each is read right before it, and seen to be gone after it. */
export async function removeUsers(application: Application, changes: PlannedChange[]): Promise<void> {
	for (let begin = 0; begin < changes.length; begin += REMOVED_TOGETHER) {
		await removeTogether(application, changes.slice(begin, begin + REMOVED_TOGETHER));
	}
}

async function removeTogether(application: Application, changes: PlannedChange[]): Promise<void> {
	const { runner, workspace } = application;
	const removals = await runner.reserve(changes, async (change) => await checkRemoval(application, change));
	const sent: Array<Reserved<Removal>> = [];
	await settled(
		removals.map(async ({ change, reservation }) => {
			const request = async (): Promise<true> => {
				await workspace.users.requestRemoval(reservation.user);
				return true;
			};
			if (await runner.attempt(change, request, reservation)) sent.push({ change, reservation });
		}),
	);
	const absences = await workspace.users.verifyAbsences(sent.map(({ reservation: { user } }) => user.id));
	for (const removal of sent) conclude(application, removal, absences.get(removal.reservation.user.id));
}

async function checkRemoval(
	{ workspace: { guards }, options, reading, own }: Application,
	change: PlannedChange,
): Promise<Answer | Removal> {
	const user = await reading.userNow(targetUserId(change));
	if (!user?.active) {
		return { outcome: 'unchanged', note: `${targetUserName(change)} was not in the workspace any more.` };
	}
	assertMayTakeAway(guards, 'remove people');
	assertMayRemove(guards, user, options.allowPrivileged);
	const differences = userDifferences(change.precondition, user, own);
	if (differences.length > 0) throw stale(differences);
	return { user, impact: 1, seats: 0 };
}

function conclude(
	{ runner, reading, workspace }: Application,
	{ change, reservation }: Reserved<Removal>,
	absence: Absence | 'stillMember' | ScimError | undefined,
): void {
	const { user } = reservation;
	if (absence === 'stillMember') {
		runner.fail(change, stillMember(user), reservation);
		return;
	}
	if (absence === undefined || absence instanceof ScimError) {
		runner.fail(change, absenceUnknown(user, absence), reservation);
		return;
	}
	reading.removeUser(user);
	workspace.unconfirmedWrites.forget(user.id);
	const seen = absence.seenAs === 'notFound' ? 'is not found any more' : 'is inactive';
	const note = `${user.userName} was removed and ${seen}.`;
	runner.settle(change, { outcome: 'done', note, userId: user.id }, reservation);
}
