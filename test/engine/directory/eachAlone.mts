import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

const description: INodeTypeDescription = {
	displayName: 'Each Alone',
	name: 'engineTestEachAlone',
	group: ['transform'],
	version: 1,
	description: 'Hands on one item after the other',
	defaults: { name: 'Each Alone' },
	inputs: ['main'],
	outputs: ['main', 'main'],
	properties: [],
};

/** As n8n's Loop Over Items with batches of one: the second output is the loop. For one execution. */
export const eachAlone = (): INodeType => {
	let waiting: INodeExecutionData[] | undefined;
	return {
		description,
		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			waiting ??= [...this.getInputData()];
			const next = waiting.shift();
			return next ? [[], [next]] : [[], []];
		},
	};
};
