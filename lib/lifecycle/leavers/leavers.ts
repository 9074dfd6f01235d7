import type { Decision, Facts, Job } from '../decision';
import { firstOf } from '../decision';
import { askPerson } from './leaverDecisions';
import type { LeaverSettings } from './leaverFacts';
import { leaverFactsOf } from './leaverFacts';
import { LEAVER_RULES } from './leaverRules';

/** The decision on an event of a person whose access may end. */
export function leavers(settings: LeaverSettings): Job {
	return { name: 'leavers', decide: (facts) => decideOnLeaver(facts, settings) };
}

function decideOnLeaver(given: Facts, settings: LeaverSettings): Decision {
	const facts = leaverFactsOf(given, settings);
	return firstOf(LEAVER_RULES, facts) ?? askPerson(facts, 'The HRIS does not say whether this person has left.');
}
