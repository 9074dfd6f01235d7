import fc from 'fast-check';

import { chosenRows, heldForm, heldPage } from '../../../lib/report/heldForm.ts';
import { journalRow } from '../lifecycle/leaverKit.mts';

const entry = (id: number, more: Parameters<typeof journalRow>[1] = {}, rows = [id]) => ({
	row: journalRow(id, { state: 'held', outcome: 'held', displayName: `Person ${id}`, email: `p${id}@example.com`, ...more }),
	rows,
	blocked: '',
});
const ALL = 'All of these';
const three = [entry(1, {}, [1, 4]), entry(2), entry(3)];
const NOTHING_DONE = 'Nothing was done. Open the form again.';

/** The fields of a page as n8n's Form node reads them. */
const fieldsOf = (page: string): Array<Record<string, unknown>> => JSON.parse(page);

it('offers each person of several, and all of them', () => {
	const fields = fieldsOf(heldPage('emergency', heldForm('emergency', three), 'the-code'));
	expect(fields).toEqual([
		{ fieldType: 'html', elementName: '', html: expect.stringContaining('<strong>3 people</strong>') },
		{
			fieldLabel: 'Who is your answer about?',
			fieldName: 'chosen',
			fieldType: 'checkbox',
			requiredField: true,
			fieldOptions: {
				values: [
					{ option: ALL },
					{ option: 'Person 1, p1@example.com, row 1' },
					{ option: 'Person 2, p2@example.com, row 2' },
					{ option: 'Person 3, p3@example.com, row 3' },
				],
			},
		},
		{
			fieldLabel: 'Must they be locked out?',
			fieldName: 'answer',
			fieldType: 'dropdown',
			requiredField: true,
			fieldOptions: { values: [{ option: 'No, leave them alone' }, { option: 'Yes, lock them out' }] },
		},
		{ fieldType: 'hiddenField', fieldName: 'list', fieldValue: 'the-code' },
	]);
});

it.each(['sync', 'seat'] as const)('asks once about the whole list of a %s, and about a single person', (kind) => {
	for (const form of [heldForm(kind, three), heldForm('leave', [entry(1)])]) {
		expect(fieldsOf(heldPage(kind, form, 'c')).map(({ fieldType }) => fieldType)).toEqual(['html', 'dropdown', 'hiddenField']);
		expect(chosenRows(form, '')).toEqual({ rows: form.people.flatMap(({ rows }) => rows) });
	}
});

it('understands exactly what the page offered', () => {
	const form = heldForm('leave', three);
	const labels = form.choices.map(({ label }) => label);
	fc.assert(
		fc.property(fc.subarray([0, 1, 2], { minLength: 1 }), (picked) => {
			const rows = picked.flatMap((index) => three[index]?.rows ?? []);
			expect(chosenRows(form, picked.map((index) => labels[index]))).toEqual({ rows });
		}),
	);
	expect(chosenRows(form, [ALL])).toEqual({ rows: [1, 4, 2, 3] });
});

it.each<[string, unknown, string]>([
	['no choice', '', 'You have selected no one.'],
	['an empty choice', [], 'You have selected no one.'],
	['a lost choice', null, 'You have selected no one.'],
	['all and one', [ALL, 'Person 2, p2@example.com, row 2'], 'and single people as well.'],
	['a stranger', ['Person 9, p9@example.com, row 9'], 'a person who is not on the list.'],
	['one and a stranger', ['Person 2, p2@example.com, row 2', 'Person 9'], 'a person who is not on the list.'],
	['a name alone', 'Person 2', 'a person who is not on the list.'],
])('decides nothing on %s', (_case, answer, why) => {
	const { rows, refusal } = chosenRows(heldForm('emergency', three), answer);
	expect(rows).toEqual([]);
	expect(refusal).toContain(`${why} ${NOTHING_DONE}`);
});

it('decides nothing where the page had a choice, and the list has none any more', () => {
	expect(chosenRows(heldForm('emergency', [entry(1)]), [ALL]).refusal).toContain(NOTHING_DONE);
});

it('tells two people of one name apart, and offers nothing that n8n would read as markup or as an expression', () => {
	const name = '<b>{{ $env.TOKEN }}</b>';
	const form = heldForm('emergency', [entry(1, { displayName: name, email: '' }), entry(2, { displayName: name, email: '' }), entry(3, { displayName: '', email: '', source: 'edr' })]);
	expect(form.choices.map(({ label }) => label)).toEqual(['b env.TOKEN /b , row 1', 'b env.TOKEN /b , row 2', 'edr, row 3']);
	expect(heldPage('emergency', form, 'c')).not.toMatch(/\$|\{\{|<b>/);
});

it('offers 200 people at most, and all', () => {
	const many = Array.from({ length: 201 }, (_, index) => entry(index + 1));
	const form = heldForm('leave', many);
	expect(form.choices).toHaveLength(200);
	expect(chosenRows(form, [ALL]).rows).toHaveLength(201);
});
