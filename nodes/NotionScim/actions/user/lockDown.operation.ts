import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { assertMayTakeAway } from '../../../../lib/directory/guards/guards';
import type { LockdownOutcome } from '../../../../lib/directory/lockdown/lockdown';
import type { LockdownRequest } from '../../../../lib/directory/lockdown/lockdownCase';
import { readEmail } from '../../../../lib/scim/emailAddress';
import { ScimError } from '../../../../lib/scim/scimError';
import { allowPrivileged, alreadyUsed, removalLimit } from '../../descriptions/guardOptions';
import { notice } from '../../descriptions/notice';
import { userLocator } from '../../descriptions/userLocator';
import { hint, showHints } from '../../execution/executionHints';
import type { ItemOutcome } from '../../execution/items';
import { toItems } from '../../execution/items';
import { ItemParameters } from '../../execution/parameters';
import { resourceItem } from '../../execution/resourceItem';
import { choiceOption, switchOption } from '../../execution/scalarParameters';
import { lockDownAll } from '../lockDownAll';
import type { ListedOperation } from '../operation';
import type { RemovalBudget } from '../removalBudget';
import { reserveRemovals, removalBudgetIn } from '../removalBudget';

/** An item's request with its limit, or why it is not valid. */
type ReadItem =
	| { request: LockdownRequest; budget: RemovalBudget }
	| { error: ScimError };

const WITHOUT_ADMIN_API =
	'Without a Notion Admin API credential, a lockdown ends the membership and its sessions. Personal access tokens and MCP connections are not revoked: the record says what is left to do.';

const ifNotFound: INodeProperties = {
	displayName: 'If No One Is Found',
	name: 'ifNobody',
	type: 'options',
	default: 'report',
	description: 'The outcome if no one in the workspace has the address and there is no link',
	options: [
		{
			name: 'Fail',
			value: 'fail',
			description: 'For events about people who must exist: not finding them is an alert',
		},
		{
			name: 'Report as Already Gone',
			value: 'report',
			description: 'For repeating an earlier lockdown',
		},
	],
};

export const lockDown: ListedOperation = {
	name: 'Lock Down',
	value: 'lockDown',
	mayRevoke: true,
	writes: 'parameters',
	action: 'Lock down a user',
	description:
		'Remove a person, verify that they are gone, and keep the evidence: their groups, the time, the reason and the requester. With the Notion Admin API credential, sessions, tokens and MCP connections are revoked alongside.',
	properties: [
		notice(
			'lockDownNotice',
			'lock-down',
			'A person who is gone already is a success, and a refused item stops no other. Store the record of each item: it is the evidence, and Restore needs it.',
		),
		userLocator(
			'The person to lock out. If they are gone already, the operation succeeds and reports that.',
			{ required: false },
		),
		{
			displayName: 'Linked User ID',
			name: 'linkedUserId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 24bd872b-594c-8191-ad2a-0002d5e040a0',
			description:
				'The ID that your records link to this person. It finds them if the directory has cleared their address; if it and the address name different people, no one is removed.',
		},
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			default: '',
			placeholder: 'e.g. Left the company',
			description: 'The reason, for the record',
		},
		{
			displayName: 'Reference',
			name: 'reference',
			type: 'string',
			default: '',
			placeholder: 'e.g. HR-1204',
			description: 'How a person finds the case, for the record',
		},
		{
			displayName: 'Requested By',
			name: 'requestedBy',
			type: 'string',
			default: '',
			placeholder: 'e.g. security@example.com',
			description: 'The person or system that requested it, for the record',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				allowPrivileged,
				alreadyUsed,
				ifNotFound,
				removalLimit,
			],
		},
	],
	execute: async (context, session) => {
		assertMayTakeAway(session.guards, 'remove people');
		if (!context.getNode().credentials?.['notionAdminApi']) showHints(context, [hint('info', WITHOUT_ADMIN_API)]);
		const items = context.getInputData().map((_item, itemIndex) => readItem(new ItemParameters(context, itemIndex)));
		const readable = items.flatMap((item) => ('request' in item ? [item] : []));
		const budgetOf = new Map(readable.map(({ request, budget }) => [request, budget]));
		const outcomes = await lockDownAll(
			context,
			session,
			readable.map(({ request }) => request),
			async (request) => await reserveRemovals(session, 1, [budgetOf.get(request) ?? removalBudgetIn({})]),
		);
		const results = items.map((item): ItemOutcome => {
			if ('error' in item) return item;
			const outcome = outcomes[readable.indexOf(item)];
			return outcome ? itemOf(outcome, item.request) : { error: new Error('An item got no answer.') };
		});
		try {
			return toItems(context, results, doneReport(results));
		} catch (error) {
			return Promise.reject(withRecords(error, outcomes));
		}
	},
};

/** A run that ends in an error returns no items, so the error carries the evidence of all people. */
function withRecords(error: unknown, outcomes: LockdownOutcome[]): unknown {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context['records'] = outcomes.flatMap((outcome) =>
			'record' in outcome ? [outcome.record] : [outcome.error.evidence?.['record']],
		);
	}
	return error;
}

function readItem(parameters: ItemParameters): ReadItem {
	try {
		const { mode, value } = parameters.optionalLocator('user');
		const email = readEmail(value) ?? (mode === 'email' ? value : '');
		const options = parameters.collection('options', 'Options');
		return {
			budget: removalBudgetIn(options),
			request: {
				email,
				id: email === '' ? value : '',
				linkedId: parameters.text('linkedUserId').trim(),
				reason: parameters.text('reason').trim(),
				reference: parameters.text('reference').trim(),
				requestedBy: parameters.text('requestedBy').trim(),
				allowPrivileged: switchOption(options, allowPrivileged),
				ifNotFound: choiceOption(options, ifNotFound, ['report', 'fail']),
			},
		};
	} catch (error) {
		if (error instanceof ScimError) return { error };
		return {
			error: new ScimError(
				'invalidInput',
				`The parameters of this item cannot be read. ${error instanceof Error ? error.message : ''}`.trim(),
				'Check the expressions of this node. The other items were processed.',
			),
		};
	}
}

function itemOf(outcome: LockdownOutcome, request: LockdownRequest): ItemOutcome {
	if ('error' in outcome) return outcome;
	const { record } = outcome;
	const json: IDataObject = {
		outcome: outcome.outcome,
		foundBy: record.foundBy,
		verified: record.verified,
		email: record.person?.email ?? request.email,
		userId: record.person?.id ?? (request.id || request.linkedId),
		displayName: record.person?.displayName ?? '',
		removedAt: record.removedAt ?? null,
		verifiedAt: record.verifiedAt ?? null,
		record: resourceItem({ ...record }),
	};
	return { json };
}

/** If the run fails because of one of them, it must not hide what was done to the others. */
function doneReport(results: ItemOutcome[]): string {
	const removed = results.flatMap((result) =>
		'json' in result && result.json['outcome'] === 'removed' ? [String(result.json['email'])] : [],
	);
	return removed.length > 0 ? `Removed: ${removed.join(', ')}.` : '';
}
