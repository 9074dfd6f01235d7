import type { INodeExecutionData } from 'n8n-workflow';

import { accountItem } from '../../../../lib/lifecycle/appLockout/accountItem';
import { APP_NAMES } from '../../../../lib/lifecycle/appLockout/apps';
import { afterLockingAll, beforeLocking } from '../../../../lib/lifecycle/appLockout/checkAccounts';
import type { Applied } from '../../../../lib/lifecycle/applied';
import { ItemParameters } from '../../execution/parameters';
import { systemClock } from '../../transport/clock';
import type { ListedOperation } from '../operation';
import { appProperty, checkAccountProperties, stepProperty, STEPS } from './checkAccountProperties';
import { alertItems, changeItems, itemOf, pairedWithAll, rowsIn } from './rows';

export const checkAccount: ListedOperation = {
	name: 'Check App Account',
	value: 'checkAccount',
	action: 'Check an app account in an emergency',
	description:
		'Decide from the answers of Microsoft Entra, Okta or Google Workspace which accounts to lock in an emergency, and whether they were locked. Only what is read afterwards counts. Nothing is written to Notion.',
	properties: checkAccountProperties,
	outputs: ['Accounts', 'Changes', 'Evidence', 'Alerts'],
	divide: async (context, session) => {
		const parameters = new ItemParameters(context, 0);
		const app = parameters.choice(appProperty, APP_NAMES);
		const items = context.getInputData();
		const answers = items.map(({ json }) => json);
		const now = systemClock.now();
		if (parameters.choice(stepProperty, STEPS) === 'afterLocking') {
			const accounts = rowsIn(parameters, 'accounts', 'Accounts');
			const results = afterLockingAll(app, { accounts, answers, now });
			return await Promise.resolve([[], ...outputsOf(results, items)]);
		}
		const rows = rowsIn(parameters, 'rows', 'Rows');
		const { protectedEmails } = session.guards;
		const { accounts, others } = beforeLocking(app, { rows, answers, protectedEmails, now });
		const open = accounts.map((found) => itemOf(accountItem(found, rows[found.item]), { item: found.item }));
		return await Promise.resolve([open, ...outputsOf(others, items)]);
	},
};

function outputsOf(results: readonly Applied[], items: readonly INodeExecutionData[]): INodeExecutionData[][] {
	const paired = pairedWithAll(items);
	return [
		changeItems(results.flatMap(({ changes }) => changes), paired),
		results.flatMap(({ evidence }) => evidence).map((record) => itemOf({ ...record }, paired)),
		alertItems(results.flatMap(({ alerts }) => alerts), paired),
	];
}
