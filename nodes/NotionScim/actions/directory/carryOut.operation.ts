import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { apply as applyPlan } from '../../../../lib/directory/apply/apply';
import type { ChangeResult } from '../../../../lib/directory/apply/applyResult';
import type { ApplyLimits } from '../../../../lib/directory/apply/changeRunner';
import { policyDigestOf } from '../../../../lib/directory/plan/signPlan';
import { afterApply, plannedOf, wasReleased } from '../../../../lib/lifecycle/directoryChanges';
import type { StoredChange } from '../../../../lib/lifecycle/journal';
import { isPlanned, readChanges } from '../../../../lib/lifecycle/journal';
import { linksAfter } from '../../../../lib/lifecycle/sync/links';
import { ScimError } from '../../../../lib/scim/scimError';
import { allowExternalMember, allowPrivileged, removalLimit } from '../../descriptions/guardOptions';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { switchOption } from '../../execution/scalarParameters';
import { systemClock } from '../../transport/clock';
import type { Session } from '../../transport/session';
import { changeItems, itemOf, pairedWithAll } from '../lifecycle/rows';
import type { ListedOperation } from '../operation';
import { createLimit } from './descriptions';
import type { JournalFacts } from './journalOption';
import { journalFacts } from './journalOption';
import { letBackIn, readLetBackIn } from './letBackIn';
import { limitsOf } from './limits';

export const carryOut: ListedOperation = {
	name: 'Apply Stored Changes',
	value: 'carryOut',
	writes: 'rows',
	action: 'Apply stored directory changes to Notion',
	description:
		'Carry out the planned changes whose intentions this execution has stored in the journal. Each is checked again first: its signature, the current state of the workspace, blocked people, and every guard and limit.',
	properties: [
		notice(
			'carryOutNotice',
			'directory',
			'The items are the rows of the journal, read immediately before: those of the last two days and those about emergencies. They show how much of the limits others have used, and who is blocked. Store the output rows by their ID.',
		),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [allowExternalMember, allowPrivileged, createLimit, letBackIn, removalLimit],
		},
	],
	outputs: ['Changes', 'Links'],
	divide: async (context, session) => await carriedOut(context, session),
};

async function carriedOut(context: IExecuteFunctions, session: Session): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const execution = context.getExecutionId();
	const { rows } = readChanges(items.map(({ json }) => json));
	const own = rows.filter((row) => isPlanned(row) && row.state === 'intended' && row.execution === execution);
	const options = new ItemParameters(context, 0).collection('options', 'Options');
	const facts = journalFacts(items.map(({ json }) => json), {
		execution,
		letBackIn: readLetBackIn(options),
		now: systemClock.now(),
	});
	const allowed = {
		allowPrivileged: switchOption(options, allowPrivileged),
		allowExternalMember: switchOption(options, allowExternalMember),
	};
	const limits = limitsOf(session, { ...options, alreadyUsed: facts.used });
	const after: StoredChange[] = [];
	// No limit holds what a person has released. It comes first, because other changes may need it.
	for (const isReleased of [true, false]) {
		const part = own.filter((row) => wasReleased(row) === isReleased);
		for (const ofPlan of byPlan(part)) after.push(...(await appliedRows(ofPlan, session, { allowed, limits, facts, isReleased })));
	}
	const paired = pairedWithAll(items);
	const links = linksAfter(after, rows);
	return [changeItems(after, paired), links.map((link) => itemOf({ ...link }, paired))];
}

interface Applying {
	allowed: { allowPrivileged: boolean; allowExternalMember: boolean };
	limits: ApplyLimits;
	facts: JournalFacts;
	isReleased: boolean;
}

/** Rows of one plan, with their outcomes. */
async function appliedRows(
	rows: readonly StoredChange[],
	session: Session,
	{ allowed, limits, facts, isReleased }: Applying,
): Promise<StoredChange[]> {
	try {
		const results = await applyPlan(
			rows.map(plannedOf),
			{
				...session,
				unconfirmedWrites: session.state.unconfirmedWrites,
				limits: isReleased ? withoutLimits(limits, session) : limits,
				clock: systemClock,
			},
			{
				...allowed,
				policyDigest: policyDigestOf({ guards: session.guards, ...allowed }),
				approvedPlan: undefined,
				blocks: facts.blocks,
			},
		);
		return rows.map((row, index) => rowAfter(row, results[index]));
	} catch (error) {
		if (!(error instanceof ScimError) || error.kind === 'cancelled') return await Promise.reject(error);
		// A failure before anything is done affects all of them alike.
		return rows.map((row) => rowAfter(row, notDone(row, error)));
	}
}

/** They count all the same. */
function withoutLimits(limits: ApplyLimits, { removals, creations }: Session): ApplyLimits {
	return {
		...limits,
		reserveRemovals: async (impact) => await Promise.resolve(removals.reserve(impact, Infinity)),
		reserveSeat: async () => await Promise.resolve(creations.reserve(Infinity)),
	};
}

function rowAfter(row: StoredChange, result: ChangeResult | undefined): StoredChange {
	return result ? afterApply(row, result) : row;
}

function notDone({ userId, details }: StoredChange, error: ScimError): ChangeResult {
	return {
		outcome: 'failed',
		note: error.message,
		userId: userId || null,
		groupId: details.groupId || null,
		impact: 0,
		seats: 0,
		at: new Date(systemClock.now()).toISOString(),
		error,
	};
}

function byPlan(rows: readonly StoredChange[]): StoredChange[][] {
	const plans = new Map<string, StoredChange[]>();
	for (const row of rows) {
		const { planDigest = '' } = row.details;
		plans.set(planDigest, [...(plans.get(planDigest) ?? []), row]);
	}
	return [...plans.values()];
}
