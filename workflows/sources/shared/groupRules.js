/** What a rule can ask about: attributes of a person in a directory, and `group`, a group there. */
export const RULE_ATTRIBUTES = [
	'group',
	'title',
	'department',
	'division',
	'costCenter',
	'organization',
	'employeeNumber',
	'managerEmail',
	'email',
	'displayName',
	'givenName',
	'familyName',
	'locale',
	'preferredLanguage',
	'userType',
	'kind',
];

/** Whether a value of a person is one of those wanted: in any capitals, the rest of it where one ends in `*`. */
export function isWantedByRule(value, wanted) {
	const plain = (found) => found.normalize('NFC').toLowerCase();
	const own = typeof value === 'string' ? plain(value.trim()) : '';
	return (
		own !== '' &&
		wanted.some((one) =>
			one.endsWith('*') ? own.startsWith(plain(one.slice(0, -1))) : own === plain(one),
		)
	);
}

/**
 * Rules in one form, with lists for all values.
 *
 * A rule with a mistake would match no one and so remove memberships: it is refused.
 *
 * @param rules as in Settings: [{ when: { department: ['Sales', 'Customer *'], title: 'Head of *' }, groups: ['Sales leads'] }]
 */
export function checkedGroupRules(rules) {
	const listOf = (value) => (Array.isArray(value) ? value : [value]);
	const isText = (value) => typeof value === 'string' && value.trim() !== '';
	if (!Array.isArray(rules)) throw new Error('Settings: the rules for groups must be a list.');
	return rules.map((rule, index) => {
		const wrong = (sentence) => new Error(`Settings: rule ${index + 1} for groups ${sentence}`);
		const unknown = Object.keys(rule ?? {}).filter((key) => key !== 'when' && key !== 'groups');
		if (unknown.length > 0) throw wrong(`has "${unknown[0]}": it can only have "when" and "groups".`);
		const conditions = Object.entries(rule?.when ?? {});
		if (conditions.length === 0) {
			throw wrong('has nothing in "when". For all people write { "email": "*" }.');
		}
		for (const [attribute, value] of conditions) {
			if (!RULE_ATTRIBUTES.includes(attribute)) {
				throw wrong(`asks for "${attribute}": it can ask for ${RULE_ATTRIBUTES.join(', ')}.`);
			}
			const values = listOf(value);
			if (values.length === 0 || !values.every(isText)) {
				throw wrong(`must give a text, or a list of texts, for "${attribute}".`);
			}
			if (values.some((one) => one.trim().slice(0, -1).includes('*'))) {
				throw wrong(`has a * inside a value for "${attribute}": it can only stand at the end.`);
			}
		}
		const groups = listOf(rule.groups ?? []);
		if (groups.length === 0 || !groups.every(isText)) {
			throw wrong('must name in "groups" the groups that it gives.');
		}
		return {
			when: conditions.map(([attribute, value]) => ({
				attribute,
				wanted: listOf(value).map((one) => one.trim()),
			})),
			groups: groups.map((one) => one.trim()),
		};
	});
}

/**
 * The groups that a person belongs in. A rule gives its groups where all its conditions hold.
 *
 * @param person with `groups`, names of groups in the directory; left out where they could not be read
 * @param rules as {@link checkedGroupRules} takes them
 * @param keepOthers whether groups of the directory that no rule names, neither as a condition nor as
 * what it gives, are kept as they are
 * @returns names in the order of the rules, each once; undefined where the person's groups in the
 * directory are not known and would be needed
 */
export function groupsByRules(person, rules, { keepOthers = false } = {}) {
	const checked = checkedGroupRules(rules);
	const needsGroups =
		keepOthers || checked.some(({ when }) => when.some(({ attribute }) => attribute === 'group'));
	if (needsGroups && !Array.isArray(person.groups)) return undefined;

	const holds = ({ attribute, wanted }) =>
		attribute === 'group'
			? person.groups.some((group) => isWantedByRule(group, wanted))
			: isWantedByRule(person[attribute], wanted);
	const given = checked.filter(({ when }) => when.every(holds)).flatMap(({ groups }) => groups);
	if (!keepOthers) return [...new Set(given)];

	const named = checked.flatMap(({ when, groups }) => [
		...groups,
		...when.flatMap(({ attribute, wanted }) => (attribute === 'group' ? wanted : [])),
	]);
	const others = person.groups.filter((group) => !isWantedByRule(group, named));
	return [...new Set([...given, ...others])];
}
