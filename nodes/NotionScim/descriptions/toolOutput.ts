import type { INodeProperties } from 'n8n-workflow';

const ofTool = { '@tool': [true] };

export const toolOutput: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Raw', value: 'raw', description: 'What Notion answered' },
		{ name: 'Selected Fields', value: 'selectedFields', description: 'Only the fields that you pick' },
		{ name: 'Simplified', value: 'simplified', description: 'The most useful fields' },
	],
	default: 'simplified',
	description: 'What the AI agent reads of each one. Empty fields are left out.',
	displayOptions: { show: ofTool },
};

/**
 * How much of each person or group a model reads: what n8n's UX guidelines ask of tools instead of Simplify.
 * @param fields the names of the simplified fields
 */
export function toolOutputOf(fields: readonly string[]): INodeProperties[] {
	return [
		toolOutput,
		{
			displayName: 'Fields',
			name: 'fields',
			type: 'multiOptions',
			noDataExpression: true,
			options: [...fields].sort().map((name) => ({ name, value: name })),
			default: [],
			description: 'The fields that the AI agent reads',
			displayOptions: { show: { ...ofTool, output: ['selectedFields'] } },
		},
	];
}
