import { z } from 'zod';

import type { Manifest, Person } from '../../directory/person/person';
import type { PlannedChange, PlanSummary } from '../../directory/plan/plannedChange';
import { emailKey } from '../../scim/emailKey';
import type { MadePlan } from './planned';
import type { Step } from './summary';

const SHOWN = [
	'email',
	'secondaryEmails',
	'displayName',
	'givenName',
	'familyName',
	'title',
	'department',
	'division',
	'costCenter',
	'organization',
	'employeeNumber',
	'managerEmail',
] as const;

/** Every step for one person, as sentences that a person can follow: the directory, Notion, the plan, the guards. */
export function stepsOf(person: string, plan: MadePlan, links: readonly unknown[]): Step[] {
	const made = 'items' in plan ? plan : undefined;
	const items = made?.items ?? [];
	const manifests = 'items' in plan ? plan.directory.manifests : plan.manifests;
	const entries = entriesOf(made?.directory.persons ?? [], person, items);
	const failure = 'failure' in plan ? plan.failure : undefined;
	return [
		{
			title: 'What the directory says',
			sentences: [
				...manifests.map(manifestSentence),
				...(entries.length > 0
					? entries.flatMap(entrySentences)
					: [`No entry has the address or ID "${person}".`]),
			],
		},
		{
			title: 'Who that is in Notion',
			sentences: [failure === undefined ? matchSentence(items, links) : 'Notion could not be compared.'],
		},
		{ title: 'What is planned', sentences: failure === undefined ? plannedSentences(items) : [failure] },
		{
			title: 'Guards',
			sentences: made ? guardSentences(items, made.summary) : ['Without a plan nothing is done.'],
		},
	];
}

function manifestSentence({ source, count, complete, explanation }: Manifest): string {
	const whole = complete ? 'completely' : 'not completely, so nothing is removed';
	return `${source}: ${count} entries read, ${whole}.${explanation === undefined ? '' : ` ${explanation}`}`;
}

/** The entries about this person: by ID, by address or by a change of the plan. */
function entriesOf(persons: readonly Person[], only: string, items: readonly PlannedChange[]): Person[] {
	const key = emailKey(only);
	const planned = new Set(
		items.flatMap(({ target }) => (target.type === 'user' && target.sourceId ? [`${target.source}|${target.sourceId}`] : [])),
	);
	return persons.filter(({ source, sourceId, attributes }) => {
		const addresses = [attributes.email, ...(attributes.secondaryEmails ?? '').split(',')];
		return (
			sourceId === only ||
			planned.has(`${source}|${sourceId}`) ||
			addresses.some((one) => one !== undefined && one.trim() !== '' && emailKey(one) === key)
		);
	});
}

function entrySentences(entry: Person): string[] {
	const { source, sourceId, status, statusWord, startAt, attributes, groups, inScope, scopeNote, explanation } = entry;
	const said = SHOWN.flatMap((name) => (attributes[name] ? [`${name}: ${attributes[name]}`] : []));
	const word = statusWord === undefined ? '' : ` ("${statusWord}")`;
	const from = startAt === undefined ? '' : `, from ${new Date(startAt).toISOString()} on`;
	return [
		`Entry ${sourceId} of ${source}: ${status}${word}${from}.`,
		said.length > 0 ? `${said.join(' · ')}.` : 'It gives no attributes.',
		groups === undefined
			? 'Its groups are not known, and so are not touched.'
			: `Groups, after the group rules: ${groups.join(', ') || 'none'}.`,
		...(inScope ? [] : [`Not in scope: ${scopeNote ?? 'the source says so.'}`]),
		...(explanation === undefined ? [] : [explanation]),
	];
}

const linkSchema = z.object({ userId: z.string(), source: z.string(), employeeId: z.string() });

/** How the person was found in Notion. */
function matchSentence(items: readonly PlannedChange[], links: readonly unknown[]): string {
	const members = new Map(
		items.flatMap(({ target, member }) => {
			const one = target.type === 'user' ? target : member;
			return one?.id ? [[one.id, one.email ?? ''] as const] : [];
		}),
	);
	if (members.size === 0) return 'No member of Notion is this person, by link or by primary address.';
	const known = links.flatMap((row) => linkSchema.safeParse(row).data ?? []);
	return [...members]
		.map(([id, email]) => {
			const link = known.find(({ userId }) => userId === id);
			const how = link
				? `by the link of ${link.source} ${link.employeeId}`
				: 'without a link, by the address or as the changes below say';
			return `The member ${email} (${id}), found ${how}.`;
		})
		.join(' ');
}

function plannedSentences(items: readonly PlannedChange[]): string[] {
	if (items.length === 0) {
		return ['The plan says nothing about them: neither the directory nor Notion knows them by this address or ID.'];
	}
	return items.map(({ explanation, changes, guard }) => {
		const values = changes.map(({ attribute, from, to }) => `${attribute}: ${from ?? '(nothing)'} → ${to}`);
		const shown = values.length > 0 ? ` [${values.join('; ')}]` : '';
		return `${explanation}${shown}${guard === 'ok' ? '' : ` ${guard.replace(/^blocked:\s*/, 'Blocked: ')}`}`;
	});
}

function guardSentences(items: readonly PlannedChange[], { mayTakeAway, whyNot, notes }: PlanSummary): string[] {
	const toDo = items.filter(({ action }) => action !== 'none');
	const free = toDo.filter(({ guard }) => guard === 'ok').length;
	return [
		`${free} ${free === 1 ? 'change' : 'changes'} may be carried out, ${toDo.length - free} blocked.`,
		...(mayTakeAway ? [] : ['Nothing may be removed because of this reading.', ...whyNot]),
		...notes,
	];
}
