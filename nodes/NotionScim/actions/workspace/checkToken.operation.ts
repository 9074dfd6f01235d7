import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { TokenReading } from '../../../../lib/lifecycle/tokenHealth';
import { classifyToken, tokenCheck } from '../../../../lib/lifecycle/tokenHealth';
import { notice } from '../../descriptions/notice';
import { isCancellation } from '../../execution/nodeErrors';
import { ItemParameters } from '../../execution/parameters';
import { systemClock } from '../../transport/clock';
import type { Session } from '../../transport/session';
import { failureOf } from '../lifecycle/memberLookUp';
import { alertItems, itemOf, pairedWithAll, rowsIn, rowsProperty } from '../lifecycle/rows';
import type { ListedOperation } from '../operation';
import { findPerson } from '../user/person';

const repeatHours: INodeProperties = {
	displayName: 'Repeat After (Hours)',
	name: 'repeatHours',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 24,
	description: 'After how many hours the same problem raises a new alert, even if the last one was acknowledged',
};

export const checkToken: ListedOperation = {
	name: 'Check Token',
	value: 'checkToken',
	action: 'Check whether Notion accepts the token',
	description:
		'Read one user, the creator of the token if the credential names them, to check whether Notion still accepts the token. A problem raises an alert, never an error.',
	properties: [
		notice(
			'checkTokenNotice',
			'workspace',
			'A rejected token is an item of the output Alerts, never an error of this node.',
		),
		repeatHours,
		rowsProperty(
			{
				displayName: 'Earlier Checks',
				name: 'earlierChecks',
				description: 'The rows of earlier checks of this workflow, so that a problem and its end are reported once',
			},
			'Read checks',
		),
	],
	outputs: ['Checks', 'Alerts'],
	divide: async (context, session) => await divided(context, session),
};

async function divided(context: IExecuteFunctions, session: Session): Promise<INodeExecutionData[][]> {
	const parameters = new ItemParameters(context, 0);
	const hours = parameters.number(repeatHours);
	const earlier = rowsIn(parameters, 'earlierChecks', 'Earlier Checks');
	const creator = session.guards.tokenCreatorEmail ?? '';
	const classified = classifyToken(await readOne(session, creator), creator);
	const { id = '', name = '' } = context.getWorkflow();
	const { row, alert } = tokenCheck(classified, {
		earlier,
		repeatHours: hours,
		workflow: { id, name },
		execution: context.getExecutionId(),
		now: systemClock.now(),
	});
	const paired = pairedWithAll(context.getInputData());
	return [[itemOf({ ...row }, paired)], alertItems(alert ? [alert] : [], paired)];
}

/** @throws ScimError `cancelled` only */
async function readOne(session: Session, creator: string): Promise<TokenReading> {
	try {
		if (creator !== '') return { user: await findPerson(session, { by: 'email', value: creator }) };
		return { user: (await session.users.readFirst(1)).rows[0] };
	} catch (error) {
		return isCancellation(error) ? Promise.reject(error) : { failure: failureOf(error) };
	}
}
