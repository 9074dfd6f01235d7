import { readChanges } from '../../../../lib/lifecycle/journal';
import { questionsAbout } from '../../../../lib/lifecycle/leavers/questions';
import { readLinks } from '../../../../lib/lifecycle/links';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import type { ListedOperation } from '../operation';
import { itemOf, pairedWithAll, rowsIn, rowsProperty } from './rows';

export const ask: ListedOperation = {
	name: 'Prepare Questions',
	value: 'ask',
	action: 'Prepare questions for the HRIS',
	description:
		'Find the people the HRIS must be asked about before leavers are decided: the employee of each event, and all others who are linked to the same account. Nothing is written to Notion.',
	properties: [
		notice(
			'askNotice',
			'lifecycle',
			'Connect the output Questions to the HRIS source, and its answers to Plan Changes. The output Nothing to Ask, with one empty item, goes to Plan Changes, too.',
		),
		rowsProperty(
			{
				displayName: 'Stored Events',
				name: 'storedEvents',
				description: 'The rows of Receive Events, as returned by the Data Table node that stored them',
			},
			'Store events',
		),
		rowsProperty(
			{
				displayName: 'Links',
				name: 'links',
				description: 'The rows that link employees to accounts, for the same employee, address or account',
			},
			'Read links',
		),
	],
	outputs: ['Questions', 'Nothing to Ask'],
	divide: async (context) => {
		const parameters = new ItemParameters(context, 0);
		const { rows } = readChanges(rowsIn(parameters, 'storedEvents', 'Stored Events'));
		const questions = questionsAbout(rows, readLinks(rowsIn(parameters, 'links', 'Links')));
		const paired = pairedWithAll(context.getInputData());
		const items = questions.map((question) => itemOf({ ...question }, paired));
		return await Promise.resolve([items, items.length > 0 ? [] : [itemOf({}, paired)]]);
	},
};
