import { randomBytes } from 'node:crypto';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { ReadRows } from '../../../../lib/lifecycle/journal';
import { readChanges } from '../../../../lib/lifecycle/journal';
import { resultOfAnswer } from '../../../../lib/lifecycle/lateAnswer';
import { decideOnHeld, entriesOf, showHeld } from '../../../../lib/lifecycle/release';
import type { HeldList } from '../../../../lib/lifecycle/releaseRefusals';
import type { Decider, ShownList } from '../../../../lib/lifecycle/shownList';
import { HELD_KINDS, readShownList, shownListRow } from '../../../../lib/lifecycle/shownList';
import { isoText } from '../../../../lib/lifecycle/zones';
import { chosenRows, heldForm, heldPage } from '../../../../lib/report/heldForm';
import { heldAnswerHtml, releasedHtml } from '../../../../lib/report/heldListHtml';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { systemClock } from '../../transport/clock';
import type { ListedOperation } from '../operation';
import {
	answerProperties,
	ASSURANCES,
	assuranceIn,
	blockingIn,
	chosenProperty,
	decidedIn,
	decidersIn,
	journalProperties,
	kindProperty,
	personProperties,
	releasedProperty,
	stepIn,
	stepProperty,
} from './releaseProperties';
import { changeItems, itemOf, pairedWithAll, rowsIn } from './rows';

export const release: ListedOperation = {
	name: 'Release Held',
	value: 'release',
	action: 'Let a person release held changes',
	description:
		'Let a person decide on waiting rows: people a limit holds, planned changes, seats. Show the list with a code that is valid once, for an hour and for this list, then decide on it. Nothing is written to Notion.',
	properties: [
		notice(
			'releaseNotice',
			'releasing-what-is-held',
			'The items are rows of the journal: those in state held for the first two steps, the decided ones for the last step.',
		),
		stepProperty,
		kindProperty,
		...personProperties,
		...journalProperties,
		...answerProperties,
	],
	outputs: ['Changes', 'Runs', 'List', 'Answer'],
	divide: async (context) => await Promise.resolve(divided(context)),
};

/** The items of the outputs, in their order. */
interface Outputs {
	changes?: INodeExecutionData[];
	runs?: IDataObject[];
	list?: IDataObject[];
	answer?: IDataObject[];
}

function divided(context: IExecuteFunctions): INodeExecutionData[][] {
	const parameters = new ItemParameters(context, 0);
	const paired = pairedWithAll(context.getInputData());
	const { changes = [], runs = [], list = [], answer = [] } = stepOf(context, parameters);
	return [changes, ...[runs, list, answer].map((items) => items.map((json) => itemOf(json, paired)))];
}

function stepOf(context: IExecuteFunctions, parameters: ItemParameters): Outputs {
	const step = stepIn(parameters);
	if (step === 'result') return told(context, parameters);
	return step === 'show' ? shown(context, parameters) : decided(context, parameters);
}

function heldListIn(context: IExecuteFunctions, parameters: ItemParameters): HeldList {
	const kind = parameters.choice(kindProperty, HELD_KINDS);
	const step = stepIn(parameters);
	return {
		kind,
		held: heldRowsIn(context),
		blocking: kind === 'sync' && step !== 'result' ? readChanges(blockingIn(parameters)) : NO_ROWS,
		deciders: step === 'result' ? [] : decidersIn(parameters),
		execution: context.getExecutionId(),
		now: systemClock.now(),
	};
}

const NO_ROWS: ReadRows = { rows: [], unreadable: [] };

function heldRowsIn(context: IExecuteFunctions): ReadRows {
	return readChanges(context.getInputData().map(({ json }) => json));
}

function personIn(parameters: ItemParameters): Decider {
	return { email: parameters.text('decider'), assurance: ASSURANCES[assuranceIn(parameters)] };
}

function shown(context: IExecuteFunctions, parameters: ItemParameters): Outputs {
	const held = heldListIn(context, parameters);
	const code = randomBytes(24).toString('base64url');
	const answer = showHeld(personIn(parameters), held, code);
	if (answer.decision === 'refused') return { answer: [answerOf(held, 'refused', answer.sentence)] };
	const { people } = answer;
	return {
		runs: [shownListRow(answer.list)],
		list: [{ page: heldPage(held.kind, heldForm(held.kind, people), code), code, people: people.length }],
	};
}

function decided(context: IExecuteFunctions, parameters: ItemParameters): Outputs {
	const held = heldListIn(context, parameters);
	const person = personIn(parameters);
	const taken = shownListIn(parameters);
	const chosen = chosenRows(heldForm(held.kind, entriesOf(held)), parameters.raw(chosenProperty.name));
	const given = { code: parameters.text('code'), isYes: parameters.switch(releasedProperty), chosen };
	const answer = decideOnHeld(person, given, { taken, decided: readChanges(decidedIn(parameters)) }, held);
	const runs = taken && isTakenBy(taken, held) ? [decisionRow(taken, person, answer, held.now)] : [];
	if (answer.decision === 'refused') return { runs, answer: [answerOf(held, 'refused', answer.sentence)] };
	// The result of the answer is reported once it is stored: another answer may be faster.
	return { changes: changeItems(answer.rows, pairedWithAll(context.getInputData())), runs };
}

function shownListIn(parameters: ItemParameters): ShownList | undefined {
	return readShownList(rowsIn(parameters, 'shownList', 'Shown List'));
}

/** Another execution may have been faster: then the row states the result of its decision. */
function isTakenBy({ state, execution }: ShownList, held: Pick<HeldList, 'execution'>): boolean {
	return state === 'taken' && execution === held.execution;
}

function decisionRow(
	taken: ShownList,
	decidedBy: Decider,
	{ decision, sentence }: { decision: 'released' | 'declined' | 'refused'; sentence: string },
	now: number,
): IDataObject {
	const by = { ...decidedBy, email: decidedBy.email.trim() };
	return shownListRow({ ...taken, state: decision }, { decidedBy: by, decidedAt: isoText(now), note: sentence });
}

function told(context: IExecuteFunctions, parameters: ItemParameters): Outputs {
	const held = heldListIn(context, parameters);
	const { rows, unreadable } = held.held;
	const trouble = unreadable.map(({ why }) => ` ${why}`).join('');
	const list = shownListIn(parameters);
	if (!list) return { answer: [answerOf(held, 'refused', `The list is no longer known.${trouble}`)] };
	const result = resultOfAnswer(list, rows);
	const more = result.decision === 'released' ? releasedHtml(result.rows) : '';
	// The values stored earlier are valid only if no other answer was faster.
	const runs = result.others > 0 ? [{ id: list.id, state: result.decision, note: result.sentence }] : [];
	return { runs, answer: [answerOf(held, result.decision, `${result.sentence}${trouble}`, more)] };
}

function answerOf({ kind }: HeldList, decision: string, sentence: string, more?: string): IDataObject {
	return { decision, sentence, html: heldAnswerHtml(kind, sentence, more) };
}
