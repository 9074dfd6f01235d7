import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Fact } from '../../../lib/directory/approval/changeStatement';
import { changeStatement, groupWords, peopleFact, personWords, quoted } from '../../../lib/directory/approval/changeStatement';
import { readRecord } from '../../../lib/directory/lockdown/lockdownRecord';
import { ScimError } from '../../../lib/scim/scimError';
import type { User } from '../../../lib/scim/userResource';
import { changesOfTool } from '../actions/directory/changesToApply';
import { findGroup, groupNotFound, groupOf, requireGroup } from '../actions/group/group';
import type { ListedOperation } from '../actions/operation';
import { findPerson, personLocator, requiredEmail } from '../actions/user/person';
import { plannedChange } from '../descriptions/plannedChange';
import { peopleIn } from '../execution/lists';
import { asText, ItemParameters } from '../execution/parameters';
import type { Session } from '../transport/session';
import { expressionsIn } from './humanReview';
import { peopleOf } from './namedPeople';
import { plannedChangesFact } from './plannedChangesFact';

type FactOf = (parameters: ItemParameters, session: Session, label: string) => Promise<Fact>;

/** Parameters that name a person or a group of Notion, in the words of what they name now. */
const NAMING: Record<string, FactOf> = {
	user: async (parameters, session, label) => {
		const locator = personLocator(parameters.locator('user', label));
		return personFact(label, locator.value, await findPerson(session, locator));
	},
	email: async (parameters, session, label) => {
		const email = requiredEmail(parameters.requiredText('email', label));
		return personFact(label, email, await findPerson(session, { by: 'email', value: email }));
	},
	group: async (parameters, session, label) => {
		const locator = groupOf(parameters);
		const group = await findGroup(session, locator);
		if (!group) throw await groupNotFound(session, locator);
		return { text: `${label}: ${groupWords(group)}`, ids: [group.id] };
	},
	members: async (parameters, session, label) =>
		peopleFact(label, await peopleOf(session, peopleIn(parameters.raw('members'), label))),
	changesToApply: async (parameters, session, label) =>
		await plannedChangesFact(label, changesOfTool(parameters), session),
	record: async (parameters, _session, label) => {
		const { person, groups } = readRecord(parameters.raw('record'));
		const names = (groups ?? []).map(({ displayName }) => quoted(displayName)).join(', ');
		const who = person ? `${quoted(person.email)} as ${person.role ?? 'member'}` : 'no one';
		return await Promise.resolve({
			text: `${label}: ${who}, in ${names === '' ? 'no group' : names}`,
			ids: [person?.id ?? '', ...(groups ?? []).map(({ id }) => id)],
		});
	},
};

/** Whom an operation takes something from without naming them. */
const CONCERNED: Record<string, FactOf> = {
	'group.delete': async (parameters, session) => {
		const { memberIds } = await requireGroup(session, groupOf(parameters));
		return peopleFact('Lose this group', await peopleOf(session, memberIds));
	},
	'group.setMembers': async (parameters, session) => {
		const wanted = await peopleOf(session, peopleIn(parameters.raw('members'), 'Members'));
		const { memberIds } = await requireGroup(session, groupOf(parameters));
		const leaving = memberIds.filter((id) => !wanted.some((person) => person.id === id));
		return peopleFact('Leave this group', await peopleOf(session, leaving));
	},
};

/**
 * What an operation would change, as the statement that a person approves: every parameter of it, with the
 * people and groups as they are now.
 *
 * @param plannedAt see {@link changeStatement}
 * @throws ScimError what it names does not exist, cannot be read, or is too much to be read
 */
export async function proposedChange(
	context: IExecuteFunctions,
	session: Session,
	resource: string,
	operation: ListedOperation,
	plannedAt: string,
): Promise<string> {
	assertFixedOptions(context);
	const parameters = new ItemParameters(context, 0);
	const facts: Fact[] = [];
	const given: Record<string, unknown> = {};
	const path = `${resource}.${operation.value}`;
	for (const property of operation.properties.filter(isParameter)) {
		const { name, displayName } = property;
		const naming = NAMING[name];
		given[name] = parameters.raw(name);
		facts.push(...(naming ? [await naming(parameters, session, displayName)] : otherFact(displayName, given[name])));
	}
	const concerned = CONCERNED[path];
	if (concerned) facts.push(await concerned(parameters, session, ''));
	const about = { workspace: session.signer.workspace, operation: path, parameters: given };
	return changeStatement(operation.action, facts, about, plannedAt);
}

/**
 * Options loosen guards, and an expression may let the model decide them.
 * @throws ScimError `invalidInput`
 */
function assertFixedOptions(context: IExecuteFunctions): void {
	if (expressionsIn(context.getNode().parameters['options']).length === 0) return;
	throw new ScimError(
		'invalidInput',
		'An option of this tool is an expression, so that a model could decide it. Nothing was done.',
		'Set the options of the tool by hand.',
	);
}

function isParameter({ name, type }: INodeProperties): boolean {
	return type !== 'notice' && name !== plannedChange.name;
}

function personFact(label: string, named: string, user: User | undefined): Fact {
	return user
		? { text: `${label}: ${personWords(user)}`, ids: [user.id] }
		: { text: `${label}: ${quoted(named)} (no member)`, ids: [] };
}

/** A parameter that is empty changes nothing. */
function otherFact(label: string, value: unknown): Fact[] {
	const words = valueWords(value);
	return words === '' ? [] : [{ text: `${label}: ${words}`, ids: [] }];
}

function valueWords(value: unknown): string {
	if (typeof value === 'boolean') return String(value);
	if (typeof value !== 'object' || value === null) return asText(value) === '' ? '' : quoted(asText(value));
	if (Array.isArray(value)) return value.map(valueWords).filter((words) => words !== '').join(', ');
	return Object.entries(value)
		.map(([name, entry]): [string, string] => [name, valueWords(entry)])
		.flatMap(([name, words]) => (words === '' ? [] : [`${name} ${words}`]))
		.join(', ');
}
