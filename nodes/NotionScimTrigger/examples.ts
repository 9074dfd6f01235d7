import type { INodeExecutionData } from 'n8n-workflow';

import type { ListReading } from '../../lib/scim/completeList';
import { isWithoutGroups } from '../../lib/scim/failures';
import type { Group } from '../../lib/scim/groupResource';
import { differences } from '../../lib/watch/differences';
import { filtered } from '../../lib/watch/filters';
import { EMPTY_SNAPSHOT, watchedGroup, watchedPerson } from '../../lib/watch/snapshot';
import type { Session } from '../NotionScim/transport/session';
import { eventItems } from './eventItems';
import type { TriggerSettings } from './settings';

const MOST_EXAMPLES = 3;

/**
 * Some people and groups as if they had just been added, for who tests the workflow by hand. Nothing is
 * remembered.
 * @param now epoch milliseconds
 */
export async function examples(
	session: Session,
	{ filters }: TriggerSettings,
	now: number,
): Promise<INodeExecutionData[][] | null> {
	const [people, groups] = await Promise.all([session.users.readFirst(MOST_EXAMPLES), firstGroups(session)]);
	const after = {
		people: new Map(people.rows.map((user) => [user.id, watchedPerson(user)])),
		groups: new Map(groups.map((group) => [group.id, watchedGroup(group)])),
	};
	const between = { before: EMPTY_SNAPSHOT, after };
	const changes = filtered(differences(EMPTY_SNAPSHOT, after), filters, between);
	return changes.length === 0 ? null : eventItems(changes, between, 0, now);
}

async function firstGroups({ groups }: Session): Promise<Group[]> {
	const none = (error: unknown): Pick<ListReading<Group>, 'rows'> | Promise<never> =>
		isWithoutGroups(error) ? { rows: [] } : Promise.reject(error);
	const { rows } = await groups.readFirst(MOST_EXAMPLES).catch(none);
	return rows;
}
