import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { z } from 'zod';

import { apply as applyPlan } from '../../../../lib/directory/apply/apply';
import type { ChangeResult } from '../../../../lib/directory/apply/applyResult';
import { isFailing } from '../../../../lib/directory/apply/applyResult';
import { policyDigestOf } from '../../../../lib/directory/plan/signPlan';
import { ScimError } from '../../../../lib/scim/scimError';
import { allowExternalMember, allowPrivileged, removalLimit } from '../../descriptions/guardOptions';
import { notice } from '../../descriptions/notice';
import type { ItemOutcome } from '../../execution/items';
import { toItems } from '../../execution/items';
import { asText, ItemParameters } from '../../execution/parameters';
import { resourceItem } from '../../execution/resourceItem';
import { switchOption } from '../../execution/scalarParameters';
import { systemClock } from '../../transport/clock';
import type { Session } from '../../transport/session';
import type { ListedOperation } from '../operation';
import { alreadyUsedInPlans, createLimit } from './descriptions';
import { changesToApply, changesIn } from './changesToApply';
import { journalOption, readJournal } from './journalOption';
import { letBackIn } from './letBackIn';
import { limitsOf } from './limits';

export const apply: ListedOperation = {
	name: 'Apply',
	value: 'apply',
	writes: 'parameters',
	action: 'Apply a directory plan to Notion',
	description:
		'Carry out the changes of a plan. Each is checked again first: its signature, the current state of the workspace, and every guard and limit.',
	properties: [
		notice(
			'applyNotice',
			'apply',
			'The items are the planned changes that Plan returns, all of them or a selection. Pass them on unchanged: a change that was altered is refused. Approved Plan and Options of the first item apply to all.',
		),
		changesToApply,
		{
			displayName: 'Approved Plan',
			name: 'approvedPlan',
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json.planDigest }} of the approval',
			description:
				'The plan digest that a person approved. Changes of any other plan are refused. Leave empty if no approval is required.',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [allowExternalMember, allowPrivileged, alreadyUsedInPlans, createLimit, journalOption, letBackIn, removalLimit],
		},
	],
	execute: async (context, session) => {
		const items = changesIn(context);
		try {
			const results = await applyPlan(items, ...settings(context, session));
			const outcomes = results.map((result, itemIndex) => outcomeOf(result, items[itemIndex] ?? {}));
			return failLast(context, outcomes, results);
		} catch (error) {
			return Promise.reject(withFields(error, items));
		}
	},
};

function settings(
	context: IExecuteFunctions,
	session: Session,
): [Parameters<typeof applyPlan>[1], Parameters<typeof applyPlan>[2]] {
	const parameters = new ItemParameters(context, 0);
	const options = parameters.collection('options', 'Options');
	const allowed = {
		allowPrivileged: switchOption(options, allowPrivileged),
		allowExternalMember: switchOption(options, allowExternalMember),
	};
	const journal = readJournal(options, { execution: context.getExecutionId(), now: systemClock.now() });
	return [
		{
			...session,
			unconfirmedWrites: session.state.unconfirmedWrites,
			limits: limitsOf(session, journal && !('alreadyUsed' in options) ? { ...options, alreadyUsed: journal.used } : options),
			clock: systemClock,
		},
		{
			...allowed,
			blocks: journal?.blocks ?? [],
			policyDigest: policyDigestOf({ guards: session.guards, ...allowed }),
			approvedPlan: approvedPlan(context, parameters),
		},
	];
}

/**
 * Undefined if no approval is required, which only an empty parameter means.
 * @throws ScimError `invalidInput` if an expression returns nothing: a lost approval is not an approval
 */
function approvedPlan(context: IExecuteFunctions, parameters: ItemParameters): string | undefined {
	const digest = parameters.text('approvedPlan').trim();
	if (digest !== '') return digest;
	if (asText(context.getNode().parameters['approvedPlan']) === '') return undefined;
	throw new ScimError(
		'invalidInput',
		'Approved Plan is empty, although an expression should return it. Nothing was done.',
		'Check the expression: the approval may be missing. If none is required, empty the field.',
	);
}

/** The items; if the node may not continue, an error after everything was done. */
function failLast(
	context: IExecuteFunctions,
	outcomes: ItemOutcome[],
	results: ChangeResult[],
): ReturnType<typeof toItems> {
	const done = results.filter(({ outcome }) => outcome === 'done').length;
	try {
		return toItems(context, outcomes, `Done: ${done}.`);
	} catch (error) {
		// A run that ends in an error returns no items, so the error carries the outcome of each change.
		if (error instanceof NodeApiError || error instanceof NodeOperationError) {
			error.context['results'] = outcomes.map((outcome) =>
				'json' in outcome ? outcome.json : evidenceOf(outcome.error),
			);
		}
		return failed(error);
	}
}

/** Passed on as it is: its message is written for people. */
function failed(error: unknown): never {
	throw error;
}

function outcomeOf(result: ChangeResult, item: IDataObject): ItemOutcome {
	const json = fieldsOf(result, item);
	if (!isFailing(result.outcome)) return { json };
	const cause = result.error;
	return {
		error: new ScimError(
			cause?.kind ?? 'notVerified',
			messageOf(result, json),
			cause?.remedy ?? 'Look at the person or group in Notion.',
			{
				...(cause?.status === undefined ? {} : { status: cause.status }),
				evidence: { result: json },
			},
		),
	};
}

const shownSchema = z.object({
	action: z.unknown(),
	target: z.unknown(),
	member: z.unknown(),
	reason: z.unknown(),
	explanation: z.unknown(),
	planDigest: z.unknown(),
});

/** The planned change, and its outcome. */
function fieldsOf(
	{ outcome, note, userId, groupId, impact, seats, at }: ChangeResult,
	item: IDataObject,
): IDataObject {
	const result = { outcome, note, userId, groupId, impact, seats, at };
	return resourceItem({ ...shownSchema.parse(item), ...result });
}

/** The run's message must name the change. */
function messageOf({ note }: ChangeResult, { explanation }: IDataObject): string {
	return typeof explanation === 'string' && explanation !== '' ? `${explanation} ${note}` : note;
}

function evidenceOf(error: unknown): unknown {
	return error instanceof ScimError ? error.evidence?.['result'] : null;
}

/** A cancelled execution reports the outcome of the earlier changes. */
function withFields(error: unknown, items: IDataObject[]): unknown {
	if (!(error instanceof ScimError) || error.kind !== 'cancelled') return error;
	const results: unknown = error.evidence?.['results'];
	if (!Array.isArray(results)) return error;
	return new ScimError(error.kind, error.message, error.remedy, {
		evidence: {
			results: results.map((result: ChangeResult, itemIndex) => fieldsOf(result, items[itemIndex] ?? {})),
		},
	});
}
