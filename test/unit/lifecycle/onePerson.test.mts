import type { AnswerAboutOne } from '../../../lib/lifecycle/sync/onePerson.ts';
import { readAnswerAboutOne, toldAboutOne, whyNotAsked } from '../../../lib/lifecycle/sync/onePerson.ts';
import { stepsHtml, stepsPage, stepsText } from '../../../lib/report/stepsHtml.ts';

const answer = (more: Partial<AnswerAboutOne> = {}): AnswerAboutOne => ({
	sentence: '1 would be done.',
	state: 'good',
	verified: false,
	steps: [{ title: 'What is planned', sentences: ['Ada is listed and not a member yet.'] }],
	changes: [{ action: 'user.create', why: 'Ada is listed.', guard: 'ok' }],
	toDo: 1,
	subjects: ['ada@example.com'],
	outcomes: [],
	...more,
});
const done = (outcome: string, note = '') => ({ action: 'user.create', who: 'Ada', outcome, note });
const told = (one: AnswerAboutOne | { failure: string }, again?: AnswerAboutOne, isDryRun = false) =>
	toldAboutOne({ person: 'ada@example.com', requestedBy: 'it@example.com', isDryRun, answer: one, again });
const sentences = (title: string, { steps }: ReturnType<typeof told>) => steps.find((step) => step.title === title)?.sentences;

describe('the question whether it is done', () => {
	it('goes to a person the plan is not about', () => {
		expect(whyNotAsked(answer(), 'it@example.com')).toBe('');
	});

	it.each<[string, Partial<AnswerAboutOne>, string, RegExp]>([
		['whom it is about', {}, ' ADA@Example.com', /about you yourself/],
		['who is no one', {}, 'it', /address is not known/],
		['where there is nothing to do', { toDo: 0 }, 'it@example.com', /nothing to do/],
		['where there is no plan', { state: 'failed', sentence: 'Notion is down.' }, 'it@example.com', /Notion is down\. Nothing is done/],
	])('does not go to a person %s', (_case, more, asker, why) => {
		expect(whyNotAsked(answer(more), asker)).toMatch(why);
	});
});

describe('what is told', () => {
	it('is what was done, and that a second plan finds nothing left', () => {
		const result = told(answer({ outcomes: [done('done'), done('done')] }), answer({ toDo: 0, changes: [] }));
		expect(result).toMatchObject({ title: 'Provision now: 2 done', outcomes: { done: 2 }, verified: true, wrong: '' });
		expect(sentences('Looked at again', result)).toEqual(['Planned again: nothing is left to do.']);
	});

	it('is what a second plan still finds', () => {
		const result = told(answer({ outcomes: [done('held', 'The limit of the day holds it.')] }), answer());
		expect(result).toMatchObject({ verified: false, wrong: '' });
		expect(sentences('Looked at again', result)).toEqual(['Still to do: Ada is listed.']);
	});

	it.each<[string, AnswerAboutOne, boolean, string]>([
		['there was nothing to do', answer({ toDo: 0 }), false, 'There was nothing to do.'],
		['it was a dry run', answer(), true, 'Nothing was done: this was a dry run.'],
		['the sync is in quarantine', answer({ sentence: 'In quarantine.' }), false, 'Nothing was done. In quarantine.'],
	])('is that %s', (_case, one, isDryRun, said) => {
		const result = told(one, undefined, isDryRun);
		expect(result).toMatchObject({ title: 'Provision now: nothing was done', verified: null, wrong: '' });
		expect(sentences('What was done', result)).toEqual([said]);
	});

	it.each<[string, AnswerAboutOne | { failure: string }, string]>([
		['a change', answer({ outcomes: [done('failed', 'Notion said no.')] }), 'Notion said no.'],
		['the plan', answer({ state: 'failed', sentence: 'Notion is down.' }), 'Notion is down.'],
		['the start', answer({ state: 'skipped', sentence: 'A run is at work.' }), 'A run is at work.'],
		['the call', { failure: 'No workflow was picked.' }, 'No workflow was picked.'],
	])('is that %s went wrong', (_case, one, wrong) => {
		expect(told(one)).toMatchObject({ wrong });
	});
});

it('passes over what is no answer of directory-sync', () => {
	expect(readAnswerAboutOne({ error: 'no' })).toBeUndefined();
	expect(readAnswerAboutOne({ ...answer(), title: 'Directory sync', isBlocked: false })).toEqual(answer());
});

it('shows names as text, and nothing that n8n would take for an expression', () => {
	const steps = [{ title: '<b>', sentences: ['{{ $env.TOKEN }}<script>'] }];
	for (const html of [stepsHtml(steps, '{{ 1 }}'), stepsPage('<b>', steps)]) expect(html).not.toMatch(/<script|<b>|\{\{/);
	expect(stepsText(steps)).toBe('1. <b>\n   - {{ $env.TOKEN }}<script>');
});
