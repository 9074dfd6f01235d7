import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { desiredPeople } from '../../../../lib/directory/desired/desiredPeople';
import { parseDirectory } from '../../../../lib/directory/person/person';
import type { PlannedChange } from '../../../../lib/directory/plan/plannedChange';
import { notice } from '../../descriptions/notice';
import { toItems } from '../../execution/items';
import { isCancellation } from '../../execution/nodeErrors';
import { ItemParameters } from '../../execution/parameters';
import { resourceItem } from '../../execution/resourceItem';
import { switchOption } from '../../execution/scalarParameters';
import { systemClock } from '../../transport/clock';
import type { Session } from '../../transport/session';
import type { ListedOperation } from '../operation';
import { makePlan } from './makePlan';
import { readDesiredRules, readLinks, readMemory, readPolicy, readRecentChanges } from './policy';
import { rule } from './policyOptions';
import { policyIn, policyProperties } from './policyProperties';

export const plan: ListedOperation = {
	name: 'Plan',
	value: 'plan',
	action: 'Plan changes in Notion from a directory',
	description:
		'Compare people of a directory with Notion, and plan each change with its reason. Nothing is written to Notion.',
	properties: [
		notice(
			'planNotice',
			'a-planned-change',
			'The items are those of directory sources: people, then a manifest for each source. Without a complete manifest nothing is removed.',
		),
		...policyProperties(),
	],
	outputs: ['Plan', 'Summary'],
	divide: async (context, session) => {
		try {
			return await divided(context, session);
		} catch (error) {
			// There is one plan for all items, so its failure affects all of them.
			if (isCancellation(error) || !context.continueOnFail()) return await Promise.reject(error);
			return [toItems(context, [{ error }]), []];
		}
	},
};

async function divided(context: IExecuteFunctions, session: Session): Promise<INodeExecutionData[][]> {
	const options = policyIn(new ItemParameters(context, 0));
	const includesUnchanged = switchOption(options, rule('includeUnchanged'));
	const planInputs = {
		links: readLinks(options),
		memory: readMemory(options),
		recentChanges: readRecentChanges(options),
	};
	const items = context.getInputData().map(({ json }) => json);
	const directory = parseDirectory(desiredPeople(items, readDesiredRules(options), systemClock.now()));
	const { items: changes, summary } = await makePlan(session, directory, readPolicy(options, session.guards), planInputs);
	const given =
		includesUnchanged
			? changes
			: changes.filter(({ action, reason }) => action !== 'none' || reason !== 'unchanged');
	const itemOf = positions(items);
	const summaryItem = { json: resourceItem({ ...summary }), pairedItem: { item: items.length - 1 } };
	const changeItems = given.map((change) => ({
		json: resourceItem({ ...change }),
		pairedItem: { item: itemOf(change) },
	}));
	// An AI agent reads only the first output. Its tool is a node type of its own, which is all that n8n 1.123 says.
	const isTool = context.getNode().type.endsWith('Tool');
	return [isTool ? [summaryItem, ...changeItems] : changeItems, [summaryItem]];
}

/**
 * The item that a planned change comes from: that of its person, or else the last one, which is a manifest.
 */
function positions(items: IDataObject[]): (change: PlannedChange) => number {
	const byRecord = new Map<string, number>();
	items.forEach(({ source, sourceId }, index) => {
		const key = `${String(source)} ${String(sourceId)}`;
		if (sourceId !== undefined && !byRecord.has(key)) byRecord.set(key, index);
	});
	return ({ target }) =>
		(target.type === 'user' ? byRecord.get(`${target.source} ${target.sourceId}`) : undefined) ??
		items.length - 1;
}
