import type { Decision, Facts, Job } from '../decision';
import { firstOf } from '../decision';
import { alertOf, askPerson } from './leaverDecisions';
import type { LeaverSettings } from './leaverFacts';
import { leaverFactsOf } from './leaverFacts';
import { LEAVER_RULES } from './leaverRules';

/** What is done about an event, for whom access may end. */
export function leavers(settings: LeaverSettings): Job {
	return { name: 'leavers', decide: (facts) => decideOnLeaver(facts, settings) };
}

function decideOnLeaver(given: Facts, settings: LeaverSettings): Decision {
	const facts = leaverFactsOf(given, settings);
	const decision =
		firstOf(LEAVER_RULES, facts) ?? askPerson(facts, 'The HRIS does not say whether this person has left.');
	const { trouble } = facts.row.details;
	// A word that no table has is told to a person once, whatever the HRIS says.
	if (trouble === undefined || facts.isDueAgain || decision.alert) return decision;
	return { ...decision, alert: alertOf(facts, `${facts.label}: ${trouble}`) };
}
