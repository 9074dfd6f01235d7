import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { RuleAttribute, WrittenRule } from '../../../../lib/directory/desired/groupRules';
import { RULE_ATTRIBUTES } from '../../../../lib/directory/desired/groupRules';
import { declarationNamed } from '../../../../lib/scim/attributeDeclarations';
import { jsonParameter } from '../../execution/parameters';
import type { Options } from '../../execution/scalarParameters';
import { optionOf } from './optionValues';

/** What a rule can ask for besides the attributes of a person. */
const OTHER_LABELS: Readonly<Record<string, string>> = {
	group: 'Group of the Directory',
	kind: 'Kind of Account',
};

function labelOf(attribute: RuleAttribute): string {
	return OTHER_LABELS[attribute] ?? declarationNamed(attribute)?.label ?? attribute;
}

const condition: INodeProperties = {
	displayName: 'Conditions',
	name: 'conditions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Condition',
	default: {},
	description: 'All of them must be met',
	options: [
		{
			displayName: 'Condition',
			name: 'condition',
			values: [
				{
					displayName: 'Attribute',
					name: 'attribute',
					type: 'options',
					default: 'department',
					description: 'What the directory says about the person',
					options: RULE_ATTRIBUTES.map((value) => ({ name: labelOf(value), value })).sort((one, other) =>
						one.name.localeCompare(other.name),
					),
				},
				{
					displayName: 'Is One Of',
					name: 'values',
					type: 'string',
					default: '',
					placeholder: 'e.g. Sales, Customer *',
					description: 'Comma-separated values, in any capitals. A value may end in *.',
				},
			],
		},
	],
};

/** Assigns people to groups by their attributes in the directory. */
export const groupRules: INodeProperties = {
	displayName: 'Group Rules',
	name: 'groupRules',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Rule',
	default: {},
	description: 'Groups by attributes: people who meet all conditions of a rule are in its groups',
	options: [
		{
			displayName: 'Rule',
			name: 'rule',
			values: [
				condition,
				{
					displayName: 'Groups',
					name: 'groups',
					type: 'string',
					default: '',
					placeholder: 'e.g. Sales, Leads',
					description: 'Comma-separated names of the groups that the rule assigns',
				},
			],
		},
	],
};

const listed = z
	.union([z.string().transform((text) => text.split(',')), z.array(z.string())])
	.transform((names) => names.map((name) => name.trim()).filter((name) => name !== ''));

const row = z.object({
	conditions: z.object({ condition: z.array(z.object({ attribute: z.string(), values: listed })).default([]) }).default({}),
	groups: listed,
});

/** The form that an expression may return: [{"when": {"department": ["Sales"]}, "groups": ["Sales"]}]. */
const shortForm = z
	.object({ when: z.record(listed), groups: listed })
	.strict()
	.transform(({ when, groups }) => ({
		when: Object.entries(when).map(([attribute, values]) => ({ attribute, values })),
		groups,
	}));

const rules = z.union([
	z.array(shortForm),
	z.object({ rule: z.array(row).default([]) }).transform(({ rule }) =>
		rule.map(({ conditions, groups }) => ({ when: conditions.condition, groups })),
	),
]);

/** @throws ScimError `invalidInput` for anything but a list of rules */
export function readGroupRules(options: Options): WrittenRule[] {
	const example = '[{"when": {"department": ["Sales", "Customer *"]}, "groups": ["Sales"]}]';
	return jsonParameter(optionOf(options, 'groupRules', 'Group Rules'), 'Group Rules', rules, example) ?? [];
}
