/** Parameters of n8n's own nodes that the workflows use, in the form that n8n 2.41 saves. */

/** Each parameter of a settings node is what an admin changes. */
export interface Setting {
	name: string;
	type: 'string' | 'number' | 'boolean' | 'object' | 'array';
	/** Objects and arrays as they are; they are written as JSON. */
	value: unknown;
}

/** Parameters of the node Edit Fields (`set`, version 3.4), as the Settings of a workflow. */
export function settings(list: Setting[], { keepInput = false } = {}): Record<string, unknown> {
	return {
		assignments: {
			assignments: list.map(({ name, type, value }) => ({
				id: name,
				name,
				type,
				value: type === 'object' || type === 'array' ? JSON.stringify(value, null, 2) : value,
			})),
		},
		...(keepInput ? { includeOtherFields: true } : {}),
		options: {},
	};
}

/** Parameters of the node If (version 2.2) that asks for one thing to be true. */
export function ifTrue(expression: string): Record<string, unknown> {
	return {
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
			combinator: 'and',
			conditions: [
				{
					id: 'condition',
					leftValue: `={{ ${expression} }}`,
					rightValue: '',
					operator: { type: 'boolean', operation: 'true', singleValue: true },
				},
			],
		},
		options: {},
	};
}

/** Parameters of the node Switch (version 3.2): one output for each value, in their order, then the rest. */
export function switchOn(expression: string, values: string[]): Record<string, unknown> {
	return {
		rules: {
			values: values.map((value) => ({
				conditions: {
					options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
					combinator: 'and',
					conditions: [
						{
							id: value,
							leftValue: `={{ ${expression} }}`,
							rightValue: value,
							operator: { type: 'string', operation: 'equals' },
						},
					],
				},
				renameOutput: true,
				outputKey: value,
			})),
		},
		options: { fallbackOutput: 'extra', renameFallbackOutput: 'otherwise' },
	};
}

/**
 * Parameters of the node Execute Sub-workflow (version 1.2). Which workflow is meant is picked on the
 * canvas after the import, because ids change then.
 *
 * @param meant what to pick, shown until it is picked
 */
export function subWorkflow(meant: string, inputs: Record<string, string>): Record<string, unknown> {
	return {
		workflowId: { __rl: true, mode: 'list', value: '', cachedResultName: meant },
		workflowInputs: {
			mappingMode: 'defineBelow',
			value: inputs,
			matchingColumns: [],
			schema: Object.keys(inputs).map((id) => ({
				id,
				displayName: id,
				required: false,
				defaultMatch: false,
				display: true,
				canBeUsedToMatch: true,
				type: 'string',
			})),
			attemptToConvertTypes: false,
			convertFieldsToString: false,
		},
		mode: 'once',
		options: {},
	};
}

/** Parameters of the trigger When Executed by Another Workflow (version 1.1), with its inputs as texts. */
export function calledWith(...names: string[]): Record<string, unknown> {
	return { workflowInputs: { values: names.map((name) => ({ name, type: 'string' })) } };
}

/** For pages of a form that show long lists: wide, with room between the lines. */
export const FORM_CSS = `:root { --container-width: min(60rem, 100vw); }
table { border-collapse: collapse; width: 100%; }
td, th { border-top: 1px solid #dbdfe7; padding: 0.5rem 1rem 0.5rem 0; text-align: left; vertical-align: top; line-height: 1.4; }
ol, ul { padding-left: 1.4rem; text-align: left; line-height: 1.5; }
li { margin: 0.3rem 0; overflow-wrap: anywhere; }
@media (max-width: 40rem) {
table, tbody, tr, td { display: block; overflow-wrap: anywhere; }
th { display: none; }
tr { border-top: 1px solid #dbdfe7; padding: 0.5rem 0; }
td { border: 0; padding: 0.1rem 0; }
}`;
