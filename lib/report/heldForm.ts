import type { HeldPerson } from '../lifecycle/release';
import type { HeldKind } from '../lifecycle/shownList';
import { ALL_OF_THESE, checkBoxes, formPage, optionText, selectedTexts } from './formPage';
import { heldListHtml } from './heldListHtml';

/** Names of the fields, under which n8n's Form node gives the answer from its version 2.4 on. */
const FIELDS = { chosen: 'chosen', answer: 'answer', list: 'list' };

/** More check boxes make a form slow. The other people can be decided on once these are. */
const MOST_SHOWN = 200;

/** The question of a list, and its two answers. Only the second starts with "Yes". */
const QUESTIONS: Readonly<Record<HeldKind, { question: string; no: string; yes: string }>> = {
	leave: { question: 'Have they left?', no: 'No, release no one', yes: 'Yes, lock them out' },
	emergency: { question: 'Must they be locked out?', no: 'No, leave them alone', yes: 'Yes, lock them out' },
	sync: { question: 'Your decision', no: 'No, leave everything as it is', yes: 'Yes, do all of this' },
	seat: { question: 'End these seats?', no: 'No, none of them', yes: 'Yes, end these seats' },
};

/** The page on which a person decides on a list. */
export interface HeldForm {
	/** The people who can be chosen one by one; empty where the answer is about the whole list. */
	choices: Array<{ label: string; person: HeldPerson }>;
	people: readonly HeldPerson[];
}

/** A plan is decided on as a whole, because its changes may need each other; and so are seats, which were picked. */
export function heldForm(kind: HeldKind, people: readonly HeldPerson[]): HeldForm {
	const hasChoice = (kind === 'leave' || kind === 'emergency') && people.length > 1;
	const shown = hasChoice ? people.slice(0, MOST_SHOWN) : [];
	return { people, choices: shown.map((person) => ({ label: labelOf(person), person })) };
}

/** The page for n8n's Form node, which takes its fields as JSON. The code travels with it. */
export function heldPage(kind: HeldKind, { people, choices }: HeldForm, code: string): string {
	const { question, no, yes } = QUESTIONS[kind];
	const labels = choices.map(({ label }) => label);
	return formPage([
		{ fieldType: 'html', elementName: '', html: heldListHtml(kind, people) },
		...(labels.length > 0 ? [{ ...checkBoxes('Who is your answer about?', [ALL_OF_THESE, ...labels]), fieldName: FIELDS.chosen }] : []),
		{
			fieldLabel: question,
			fieldName: FIELDS.answer,
			fieldType: 'dropdown',
			requiredField: true,
			fieldOptions: { values: [{ option: no }, { option: yes }] },
		},
		{ fieldType: 'hiddenField', fieldName: FIELDS.list, fieldValue: code },
	]);
}

/** The journal rows that an answer is about, or why it decides nothing. */
export type Chosen = { rows: number[]; refusal?: undefined } | { rows: []; refusal: string };

/** @param answer what the form gave back under its check boxes */
export function chosenRows({ people, choices }: HeldForm, answer: unknown): Chosen {
	const given = selectedTexts(answer);
	const isAll = given.includes(ALL_OF_THESE);
	const chosen = choices.filter(({ label }) => given.includes(label));
	if (choices.length === 0) return given.length === 0 ? rowsOf(people) : refused('Your answer names people, and the list has no choice any more.');
	if (given.length === 0) return refused('You have selected no one.');
	if (isAll && given.length > 1) return refused(`You have selected "${ALL_OF_THESE}", and single people as well.`);
	if (!isAll && chosen.length < given.length) return refused('You have selected a person who is not on the list.');
	return rowsOf(isAll ? people : chosen.map(({ person }) => person));
}

function rowsOf(people: readonly HeldPerson[]): Chosen {
	return { rows: people.flatMap(({ rows }) => rows) };
}

function refused(why: string): Chosen {
	return { rows: [], refusal: `${why} Nothing was done. Open the form again.` };
}

/** The number of the row tells two people of one name apart. */
function labelOf({ row: { id, displayName, email, source } }: HeldPerson): string {
	const who = [displayName, email].filter((part) => part !== '');
	return optionText([...(who.length === 0 ? [source] : who), `row ${id}`].join(', '));
}
