import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { readAnswers } from '../../../../lib/lifecycle/answers';
import { readChanges } from '../../../../lib/lifecycle/journal';
import { readLinks } from '../../../../lib/lifecycle/links';
import { planChanges } from '../../../../lib/lifecycle/plan';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { systemClock } from '../../transport/clock';
import type { Session } from '../../transport/session';
import type { ListedOperation } from '../operation';
import { emergencyProperties } from './emergencyProperties';
import { HRIS_JOBS, jobIn, jobProperty, shownForJob, shownForJobs } from './job';
import { jobProperties, readJob } from './jobs';
import { findMember } from './memberLookUp';
import { planEmergencyCalls } from './planEmergencyCalls';
import { alertItems, changeItems, pairedWithAll, rowsIn, rowsProperty } from './rows';
import { timeZoneProperty } from './timeZone';

export const plan: ListedOperation = {
	name: 'Plan Changes',
	value: 'plan',
	action: 'Plan lifecycle changes',
	description:
		'Decide what each event means, from the current data of the HRIS. Nothing is written to Notion: the rows state what is done next, and why.',
	properties: [
		notice(
			'planNotice',
			'lifecycle',
			'For joiners and leavers, the items are the answers of the HRIS source about the people of the stored events. Store the rows of the output Changes, then pass them to Apply Changes.',
		),
		jobProperty,
		...shownForJobs(HRIS_JOBS, [timeZoneProperty]),
		...jobProperties,
		...shownForJob('emergency', emergencyProperties),
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
				displayName: 'Journal Rows',
				name: 'journalRows',
				description:
					'The rows of the journal with the same key, the same employee or the same address, read after the events were stored; for emergencies, the emergencies of the last day',
			},
			'Read journal',
		),
		...shownForJobs(HRIS_JOBS, [
			rowsProperty(
				{
					displayName: 'Links',
					name: 'links',
					description: 'The rows that link employees to accounts, for the same employee or address',
				},
				'Read links',
			),
		]),
	],
	outputs: ['Changes', 'Alerts'],
	withoutNotion: async (context) => {
		const job = jobIn(new ItemParameters(context, 0));
		return await Promise.resolve(job === 'emergency' ? planEmergencyCalls(context) : undefined);
	},
	divide: async (context, session) => await divided(context, session),
};

async function divided(context: IExecuteFunctions, session: Session): Promise<INodeExecutionData[][]> {
	const parameters = new ItemParameters(context, 0);
	const name = jobIn(parameters);
	if (name === 'emergency') return planEmergencyCalls(context);
	const job = readJob(name, parameters, parameters.optionalLocator('timeZone').value);
	const items = context.getInputData();
	const inputs = {
		events: readChanges(rowsIn(parameters, 'storedEvents', 'Stored Events')),
		journal: readChanges(rowsIn(parameters, 'journalRows', 'Journal Rows')),
		links: readLinks(rowsIn(parameters, 'links', 'Links')),
		answers: readAnswers(items.map(({ json }) => json)),
		execution: context.getExecutionId(),
		now: systemClock.now(),
	};
	const { changes, alerts } = await planChanges(inputs, job, async (who) => await findMember(session, who));
	const paired = pairedWithAll(items);
	return [changeItems(changes, paired), alertItems(alerts, paired)];
}
