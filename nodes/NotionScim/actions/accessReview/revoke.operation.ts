import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { ReadRows, StoredChange } from '../../../../lib/lifecycle/journal';
import { readChanges } from '../../../../lib/lifecycle/journal';
import { MOST_ROWS_OF_DAY, usedOfDay } from '../../../../lib/lifecycle/rollingDay';
import { carryOutRevocations } from '../../../../lib/review/carryOut';
import type { RevocationAnswer } from '../../../../lib/review/revocationResults';
import { afterRevocation, revocationAlert } from '../../../../lib/review/revocationResults';
import { allowPrivileged } from '../../descriptions/guardOptions';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { switchOption } from '../../execution/scalarParameters';
import { systemClock } from '../../transport/clock';
import type { Session } from '../../transport/session';
import { alertItems, changeItems, itemOf, rowsProperty } from '../lifecycle/rows';
import { lockDownAll } from '../lockDownAll';
import type { ListedOperation } from '../operation';
import { reserveRemovals } from '../removalBudget';
import { inputRows, storedRows } from './reviewParameters';

const removalLimit: INodeProperties = {
	displayName: 'Removal Limit',
	name: 'removalLimit',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'How many access grants all workflows together may remove in 24 hours. Anything beyond that is held, and removed when the limit allows it.',
	hint: '0 stands for 2 % of the members, at least 2 and at most 10',
};

const dayRows = rowsProperty(
	{
		displayName: 'Rows of the Day',
		name: 'dayRows',
		description:
			'The rows of the journal of the last 24 hours with an impact, read after the intentions were stored. While one cannot be read, everything is held.',
	},
	'Read day',
);

export const revoke: ListedOperation = {
	name: 'Revoke',
	value: 'revoke',
	writes: 'rows',
	action: 'Revoke access after an access review',
	description:
		'Carry out the stored intentions, within the guards of the credential and the limit of the day, and verify each. A failed one does not stop the others.',
	properties: [
		notice(
			'revokeNotice',
			'access-review',
			'The items are the rows of Plan Revocations, as returned by the Data Table node that stored them.',
		),
		removalLimit,
		dayRows,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [allowPrivileged],
		},
	],
	outputs: ['Changes', 'Evidence', 'Alerts'],
	divide: async (context, session) => await revoked(context, session),
};

async function revoked(context: IExecuteFunctions, session: Session): Promise<INodeExecutionData[][]> {
	const parameters = new ItemParameters(context, 0);
	const intended = readChanges(inputRows(context)).rows.filter(
		({ kind, state }) => kind === 'revoke' && state === 'intended',
	);
	const day = readChanges(storedRows(parameters, dayRows));
	const budget = { limit: parameters.number(removalLimit), alreadyUsed: usedBefore(day, intended, context) };
	const answers = await carryOutRevocations(intended, {
		users: session.users,
		groups: session.groups,
		guards: session.guards,
		allowPrivileged: switchOption(parameters.collection('options', 'Options'), allowPrivileged),
		control: async () => await session.requester.control(),
		lockDown: async (requests, reserve) => await lockDownAll(context, session, requests, reserve),
		reserve: async () => await reserveRemovals(session, 1, [budget]),
		release: () => session.removals.release(1),
		forget: (userId) => session.state.unconfirmedWrites.forget(userId),
	});
	const now = systemClock.now();
	const pairs = intended.flatMap((row, index) => {
		const answer = answers[index];
		return answer ? [{ row, answer }] : [];
	});
	const after = pairs.map(({ row, answer }) => afterRevocation(row, answer, now));
	return [
		changeItems(after, { item: 0 }),
		pairs.flatMap(({ row, answer }) => evidenceItems(row, answer)),
		alertItems(revocationAlert(after), { item: 0 }),
	];
}

/** How much of the limit others have used; undefined if it is unknown, and then everything is held. */
function usedBefore(
	{ rows, unreadable }: ReadRows,
	intended: readonly StoredChange[],
	context: IExecuteFunctions,
): number | undefined {
	if (rows.length + unreadable.length >= MOST_ROWS_OF_DAY) return undefined;
	const own = new Set(intended.map(({ id }) => id));
	const storedAt = Math.max(...intended.map(({ updatedAt }) => updatedAt));
	// An intention that was stored later is seen by its own execution.
	const others = rows.filter(
		({ id, state, updatedAt }) => !own.has(id) && !(state === 'intended' && updatedAt > storedAt),
	);
	const about = { execution: context.getExecutionId(), now: systemClock.now() };
	return usedOfDay({ rows: others, unreadable }, about)?.removals;
}

/** The record of a lockdown is part of the evidence, even if the lockdown failed. */
function evidenceItems({ key }: StoredChange, answer: RevocationAnswer): INodeExecutionData[] {
	const record = 'failure' in answer ? answer.failure.evidence?.['record'] : answer.record;
	return record === undefined ? [] : [itemOf({ key, record: JSON.stringify(record) }, { item: 0 })];
}
