import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { momentOf, plannedAt } from '../../../lib/directory/approval/changeStatement';
import { ScimError } from '../../../lib/scim/scimError';
import type { ListedOperation } from '../actions/operation';
import { ItemParameters } from '../execution/parameters';
import { systemClock } from '../transport/clock';
import type { Session } from '../transport/session';
import { openSession, planningSession } from '../transport/session';
import { forModel } from './forModel';
import type { HumanReview } from './humanReview';
import { humanReview } from './humanReview';
import { proposedChange } from './proposedChange';
import { allowWrites, hasWithheldWrites } from './toolRun';

/**
 * Runs an operation for the model of an AI agent. What writes needs the approval of a person for exactly this
 * change; otherwise it runs as far as its first write, so that its guards speak, and gives the change out.
 *
 * @param resource as the parameter `resource`
 */
export async function runAsTool(
	context: IExecuteFunctions,
	resource: string,
	operation: ListedOperation,
): Promise<INodeExecutionData[][]> {
	if ('compute' in operation) return forModel(await operation.compute(context), operation.outputs);
	const local = await operation.withoutNotion?.(context);
	const session = local ? undefined : await openSession(context);
	if (!session) return forModel(local ?? []);
	if (operation.writes === undefined) return await outputsOf(context, session, operation);
	if (operation.writes === 'rows') throw rowsFromModel(operation);
	assertOneItem(context);
	const review = humanReview(context);
	const given = new ItemParameters(context, 0).text('plannedChange').trim();
	if (!review.approved || given === '') return await planned(context, session, resource, operation, review);
	const now = systemClock.now();
	const moment = plannedAt(given, now);
	const proposed = await proposedChange(context, session, resource, operation, moment ?? momentOf(now));
	if (given !== proposed) return answer({ outcome: 'refused', message: DIFFERENT, plannedChange: proposed });
	allowWrites(context);
	return await outputsOf(context, session, operation);
}

const DIFFERENT =
	'Nothing was changed. Planned Change is not what this call would do now, or older than a day: plannedChange is. Tell the user, and ask for approval of it if they want it.';

const TO_APPROVE =
	'Nothing was changed. A person has to approve plannedChange first: call the tool that asks for approval with the same parameters, and with plannedChange word for word.';

async function planned(
	context: IExecuteFunctions,
	session: Session,
	resource: string,
	operation: ListedOperation,
	review: HumanReview,
): Promise<INodeExecutionData[][]> {
	const run = async (): Promise<INodeExecutionData[][]> => await outputsOf(context, planningSession(session), operation);
	const { outputs, error } = await run().then(
		(done) => ({ outputs: done, error: undefined }),
		(reason: unknown) => ({ outputs: undefined, error: reason }),
	);
	// Without a write to withhold it has failed for a reason of its own, or there is nothing to change.
	if (!hasWithheldWrites(context)) return outputs ?? (await Promise.reject(error));
	return answer({
		outcome: 'planned',
		plannedChange: await proposedChange(context, session, resource, operation, momentOf(systemClock.now())),
		message: TO_APPROVE,
		...(review.approved ? {} : { approval: review.why }),
	});
}

async function outputsOf(context: IExecuteFunctions, session: Session, operation: ListedOperation): Promise<INodeExecutionData[][]> {
	if ('divide' in operation) return forModel(await operation.divide(context, session), operation.outputs);
	if ('execute' in operation) return forModel([await operation.execute(context, session)]);
	return forModel(await operation.compute(context), operation.outputs);
}

function answer(json: IDataObject): INodeExecutionData[][] {
	return [[{ json, pairedItem: { item: 0 } }]];
}

/** @throws ScimError `invalidInput`: a person approves one call */
function assertOneItem(context: IExecuteFunctions): void {
	if (context.getInputData().length === 1) return;
	throw new ScimError('invalidInput', 'A tool that writes takes one item at a time.', 'Call it once for each change.');
}

/** A row is what a workflow has stored. A model that hands one in could hand in an intention that no one had. */
function rowsFromModel({ name }: ListedOperation): ScimError {
	return new ScimError(
		'accessDenied',
		`${name} carries out rows that a workflow stored, and a model could make them up. Nothing was done.`,
		'Give the agent a workflow as a tool that reads the rows itself, and asks a person for approval.',
	);
}
