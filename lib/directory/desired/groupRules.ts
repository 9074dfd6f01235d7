import { ATTRIBUTE_DECLARATIONS } from '../../scim/attributeDeclarations';
import { ScimError } from '../../scim/scimError';
import { fieldText, groupsIn } from './entry';
import type { Entry } from './entry';

/** What a rule can ask about: attributes of a person in a directory, and `group`, a group there. */
export const RULE_ATTRIBUTES = [
	'group',
	...ATTRIBUTE_DECLARATIONS.flatMap((declared) => ('inGroupRules' in declared ? [declared.name] : [])),
	'kind',
] as const;

export type RuleAttribute = (typeof RULE_ATTRIBUTES)[number];

/** One condition: the attribute has one of these values; a value may end in `*`. */
export interface RuleCondition {
	attribute: RuleAttribute;
	wanted: string[];
}

/** People for whom all conditions hold are in the groups. */
export interface GroupRule {
	when: RuleCondition[];
	groups: string[];
}

/** A rule as it was written, which may be anything. */
export interface WrittenRule {
	when: ReadonlyArray<{ attribute: string; values: readonly string[] }>;
	groups: readonly string[];
}

/**
 * Rules that can be applied. A rule with a mistake would match no one and so remove people from groups: it is refused.
 *
 * @throws ScimError `invalidInput`
 */
export function checkedGroupRules(rules: readonly WrittenRule[]): GroupRule[] {
	return rules.map(({ when, groups }, index) => {
		const wrong = (sentence: string): ScimError =>
			new ScimError('invalidInput', `Rule ${index + 1} of Group Rules ${sentence}`, 'Correct the rule.');
		if (when.length === 0) throw wrong('has no condition. For all people, ask for the email "*".');
		const given = groups.map((group) => group.trim()).filter((group) => group !== '');
		if (given.length === 0) throw wrong('names no group that it gives.');
		return { when: when.map((condition) => checkedCondition(condition, wrong)), groups: given };
	});
}

function checkedCondition(
	{ attribute, values }: WrittenRule['when'][number],
	wrong: (sentence: string) => ScimError,
): RuleCondition {
	const known = RULE_ATTRIBUTES.find((one) => one === attribute);
	if (!known) throw wrong(`asks for "${attribute}": it can ask for ${RULE_ATTRIBUTES.join(', ')}.`);
	const wanted = values.map((value) => value.trim());
	if (wanted.length === 0 || wanted.includes('')) throw wrong(`gives no value for "${attribute}".`);
	if (wanted.some((value) => value.slice(0, -1).includes('*'))) {
		throw wrong(`has a * inside a value for "${attribute}": it can only stand at the end.`);
	}
	return { attribute: known, wanted };
}

/**
 * The groups that a person is in by the rules.
 *
 * @param keepOthers whether groups of the directory that no rule names, neither in a condition nor as what
 *   it gives, are kept as they are
 * @returns names in the order of the rules, each once; undefined where the groups of the person in the
 *   directory are needed and not known
 */
export function groupsByRules(
	entry: Entry,
	rules: readonly GroupRule[],
	{ keepOthers }: { keepOthers: boolean },
): string[] | undefined {
	const own = groupsIn(entry);
	const needsGroups = keepOthers || rules.some(({ when }) => when.some(({ attribute }) => attribute === 'group'));
	if (needsGroups && own === undefined) return undefined;
	const holds = ({ attribute, wanted }: RuleCondition): boolean =>
		attribute === 'group'
			? (own ?? []).some((group) => isWanted(group, wanted))
			: isWanted(fieldText(entry, attribute), wanted);
	const given = rules.filter(({ when }) => when.every(holds)).flatMap(({ groups }) => groups);
	if (!keepOthers) return [...new Set(given)];
	const named = rules.flatMap(({ when, groups }) => [
		...groups,
		...when.flatMap(({ attribute, wanted }) => (attribute === 'group' ? wanted : [])),
	]);
	return [...new Set([...given, ...(own ?? []).filter((group) => !isWanted(group, named))])];
}

/** Attributes that rules ask for and that no one in the directory has. */
export function attributesNoOneHas(entries: readonly Entry[], rules: readonly GroupRule[]): string[] {
	if (entries.length === 0) return [];
	const asked = new Set(rules.flatMap(({ when }) => when.map(({ attribute }) => attribute)));
	asked.delete('group');
	return [...asked].filter((attribute) => !entries.some((entry) => fieldText(entry, attribute) !== ''));
}

/** In any capitals; a value that ends in `*` stands for all that begin like it. */
function isWanted(value: string, wanted: readonly string[]): boolean {
	const own = plain(value.trim());
	return own !== '' && wanted.some((one) => (one.endsWith('*') ? own.startsWith(plain(one.slice(0, -1))) : own === plain(one)));
}

function plain(text: string): string {
	return text.normalize('NFC').toLowerCase();
}
