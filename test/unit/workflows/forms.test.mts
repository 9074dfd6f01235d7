import { readFileSync } from 'node:fs';

import { z } from 'zod';

import { type FormNode, formNodes } from '../../support/formNodes.mts';

const optionsSchema = z.object({ values: z.array(z.object({ option: z.string() })) });

const nodes = formNodes();
const named = (kept: (node: FormNode) => boolean) => nodes.filter(kept).map((node) => [`${node.job}: ${node.name}`, node] as const);
const fieldsOf = (node: FormNode) => node.parameters.formFields?.values ?? [];
const choicesOf = (field: Record<string, unknown>) => optionsSchema.parse(field['fieldOptions']).values.map(({ option }) => option);

it.each(named(() => true))('%s has the style of all forms; node tools/formStyle.mts gives it', (_name, { parameters }) => {
	expect(parameters.options.customCss).toBe(readFileSync('tools/formStyle.css', 'utf8'));
});

/** Their fields come from the node: test/unit/report/heldForm.test.mts. */
const lists = named(({ name, parameters }) => name === 'Ask' && parameters.jsonOutput === '={{ $json.page }}');
const questions = named((node) => fieldsOf(node).some(({ fieldName }) => fieldName === 'answer'));

it('finds the pages on which a person decides about others', () => {
	expect(questions.map(([name]) => name)).toEqual(['provision-now: Ask']);
	expect(lists.map(([name]) => name)).toEqual([
		'directory-sync-approval: Ask',
		'emergency-confirm: Ask',
		'license-removal: Ask',
		'offboarding-release: Ask',
	]);
});

it.each(questions)('%s shows who it is about before it asks, and has chosen nothing', (_name, node) => {
	const [shown, question, ...others] = fieldsOf(node);
	expect(shown).toMatchObject({ fieldType: 'html', html: '={{ $json.html }}' });
	expect(question).toMatchObject({ fieldName: 'answer', fieldType: 'dropdown', requiredField: true });
	expect(question).not.toHaveProperty('defaultValue');
	expect(choicesOf(question ?? {}).map((choice) => choice.split(',')[0])).toEqual(['No', 'Yes']);
	expect(others.every(({ fieldType }) => fieldType === 'hiddenField')).toBe(true);
});

it.each(named(({ job, isTrigger }) => isTrigger && ['offboarding-release', 'emergency-confirm', 'license-removal'].includes(job)))(
	'%s asks nothing on the page before the list',
	(_name, node) => {
		expect(fieldsOf(node)).toEqual([]);
	},
);
