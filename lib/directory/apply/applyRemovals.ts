import { ScimError } from '../../scim/scimError';
import type { User } from '../../scim/userResource';
import type { Absence } from '../../scim/users';
import { absenceUnknown, stillMember } from '../../scim/users';
import type { Application } from './application';
import { stale } from './applyResult';
import { assertMayRemove, assertMayTakeAway } from '../guards/guards';
import type { Answer, Booked, Booking } from './lineRunner';
import { settled } from './lineRunner';
import { lineUserId, lineUserName } from './lineTarget';
import type { PlanItem } from '../plan/planItem';
import { userDifferences } from './staleness';

/** So many are looked at, removed and looked at again together: each of them within few seconds. */
const REMOVED_TOGETHER = 50;

interface Removal extends Booking {
	user: User;
}

/** Removes people from the workspace: each is read right before it, and seen to be gone after it. */
export async function removeUsers(application: Application, lines: PlanItem[]): Promise<void> {
	for (let begin = 0; begin < lines.length; begin += REMOVED_TOGETHER) {
		await removeTogether(application, lines.slice(begin, begin + REMOVED_TOGETHER));
	}
}

async function removeTogether(application: Application, lines: PlanItem[]): Promise<void> {
	const { runner, workspace } = application;
	const removals = await runner.book(lines, async (line) => await checkRemoval(application, line));
	const sent: Array<Booked<Removal>> = [];
	await settled(
		removals.map(async ({ line, booking }) => {
			const request = async (): Promise<true> => {
				await workspace.users.requestRemoval(booking.user);
				return true;
			};
			if (await runner.lane(line, request, booking)) sent.push({ line, booking });
		}),
	);
	const absences = await workspace.users.verifyAbsences(sent.map(({ booking: { user } }) => user.id));
	for (const removal of sent) conclude(application, removal, absences.get(removal.booking.user.id));
}

async function checkRemoval(
	{ workspace: { guards }, options, reading, own }: Application,
	line: PlanItem,
): Promise<Answer | Removal> {
	const user = await reading.userNow(lineUserId(line));
	if (!user?.active) {
		return { outcome: 'unchanged', note: `${lineUserName(line)} was not in the workspace any more.` };
	}
	assertMayTakeAway(guards, 'remove people');
	assertMayRemove(guards, user, options.allowPrivileged);
	const differences = userDifferences(line.precondition, user, own);
	if (differences.length > 0) throw stale(differences);
	return { user, impact: 1, seats: 0 };
}

function conclude(
	{ runner, reading, workspace }: Application,
	{ line, booking }: Booked<Removal>,
	absence: Absence | 'stillMember' | ScimError | undefined,
): void {
	const { user } = booking;
	if (absence === 'stillMember') {
		runner.fail(line, stillMember(user), booking);
		return;
	}
	if (absence === undefined || absence instanceof ScimError) {
		runner.fail(line, absenceUnknown(user, absence), booking);
		return;
	}
	reading.removeUser(user);
	workspace.sentValues.forget(user.id);
	const seen = absence.seenAs === 'notFound' ? 'is not found any more' : 'is inactive';
	const note = `${user.userName} was removed and ${seen}.`;
	runner.settle(line, { outcome: 'done', note, userId: user.id }, booking);
}
