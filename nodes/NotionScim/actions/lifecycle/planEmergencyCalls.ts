import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { planEmergencies } from '../../../../lib/lifecycle/emergency/planEmergencies';
import { readChanges } from '../../../../lib/lifecycle/journal';
import { ItemParameters } from '../../execution/parameters';
import { systemClock } from '../../transport/clock';
import { readEmergencySettings } from './emergencyProperties';
import { alertItems, changeItems, pairedWithAll, rowsIn } from './rows';

/**
 * Plans emergencies. Needs nothing from Notion, so that a problem with its credential does not stop other
 * apps.
 */
export function planEmergencyCalls(context: IExecuteFunctions): INodeExecutionData[][] {
	const parameters = new ItemParameters(context, 0);
	const settings = readEmergencySettings(parameters);
	const inputs = {
		events: readChanges(rowsIn(parameters, 'storedEvents', 'Stored Events')),
		window: readChanges(rowsIn(parameters, 'journalRows', 'Journal Rows')),
		execution: context.getExecutionId(),
		now: systemClock.now(),
	};
	const { changes, alerts } = planEmergencies(inputs, settings);
	const paired = pairedWithAll(context.getInputData());
	return [changeItems(changes, paired), alertItems(alerts, paired)];
}
