import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Session } from '../transport/session';

/**
 * One operation of a resource. It reads its own parameters and nobody else does; it takes all items
 * at once, so that operations that gain from it can answer many items with few requests.
 */
export interface Operation {
	/** Parameters, without `displayOptions`: {@link shownFor} adds them. */
	properties: INodeProperties[];
	/** @throws ScimError, or the node error of an item */
	execute(context: IExecuteFunctions, session: Session): Promise<INodeExecutionData[]>;
}

/** An operation whose items come out of several outputs. */
export interface DividedOperation extends Pick<Operation, 'properties'> {
	/** What the outputs are called, in their order. */
	outputs: readonly string[];
	/** @returns the items of each output. @throws ScimError */
	divide(context: IExecuteFunctions, session: Session): Promise<INodeExecutionData[][]>;
}

/** An operation that asks nothing of Notion: it needs no credential. Its items come out of several outputs. */
export interface LocalOperation extends Pick<DividedOperation, 'properties' | 'outputs'> {
	/** @throws ScimError */
	compute(context: IExecuteFunctions): Promise<INodeExecutionData[][]>;
}

/** Work that needs nothing of Notion, so that an unusable credential does not stop it. */
export interface LocalWork {
	/** @returns the items of each output; undefined where the parameters ask for work that needs Notion */
	withoutNotion?(context: IExecuteFunctions): Promise<INodeExecutionData[][] | undefined>;
}

/** An operation with its entry in the list of operations. */
export type ListedOperation = (Operation | DividedOperation | LocalOperation) & LocalWork & {
	name: string;
	value: string;
	action: string;
	description: string;
};

/** The parameters of an operation, shown for it alone. */
export function shownFor(
	resource: string,
	operation: string,
	properties: INodeProperties[],
): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: {
				resource: [resource],
				operation: [operation],
				...property.displayOptions?.show,
			},
		},
	}));
}
