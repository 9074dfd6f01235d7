import type { Job } from '../decision';
import { firstOf } from '../decision';
import { ignore } from './joinerDecisions';
import { JOINER_RULES } from './joinerRules';
import type { JoinerSettings } from './joinerSettings';
import { viewOf } from './joinerView';

/** What is decided about people who begin, and about members whose attributes change. */
export function joiners(settings: JoinerSettings): Job {
	return {
		name: 'joiners',
		decide: (facts) => {
			const view = viewOf(facts, settings);
			return firstOf(JOINER_RULES, view) ?? ignore(view, 'There is nothing to do.');
		},
	};
}
