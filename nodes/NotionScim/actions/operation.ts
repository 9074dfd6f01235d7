import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Session } from '../transport/session';

/**
 * One operation of a resource. It alone reads its parameters; it gets all items at once, so that an operation
 * that benefits from it can handle many items with few requests.
 */
export interface Operation {
	/** Parameters, without `displayOptions`: {@link shownFor} adds them. */
	properties: INodeProperties[];
	/** @throws ScimError, or the node error of an item */
	execute(context: IExecuteFunctions, session: Session): Promise<INodeExecutionData[]>;
}

/** An operation with several outputs. */
export interface DividedOperation extends Pick<Operation, 'properties'> {
	/** The names of the outputs, in their order. */
	outputs: readonly string[];
	/** @returns the items of each output. @throws ScimError */
	divide(context: IExecuteFunctions, session: Session): Promise<INodeExecutionData[][]>;
}

/** An operation without any request to Notion: it needs no credential. It has several outputs. */
export interface LocalOperation extends Pick<DividedOperation, 'properties' | 'outputs'> {
	/** @throws ScimError */
	compute(context: IExecuteFunctions): Promise<INodeExecutionData[][]>;
}

/** The part that needs nothing from Notion, so that an unusable credential does not stop it. */
export interface LocalWork {
	/** @returns the items of each output; undefined if the parameters request something that needs Notion */
	withoutNotion?(context: IExecuteFunctions): Promise<INodeExecutionData[][] | undefined>;
}

/** An operation with its entry in the list of operations. */
export type ListedOperation = (Operation | DividedOperation | LocalOperation) & LocalWork & {
	name: string;
	value: string;
	action: string;
	description: string;
	/**
	 * The access of a credential that is enough. Left out if the operation may take something away, or if its
	 * result depends on the access.
	 */
	sufficientAccess?: 'readOnly' | 'noRemovals';
	/**
	 * What says what it writes to Notion: its parameters, or the stored rows that come in as items. Left out if
	 * it writes nothing; as a tool it then cannot.
	 */
	writes?: 'parameters' | 'rows';
	/** It ends sessions and tokens as well if the node has a credential for the Admin API. */
	mayRevoke?: true;
};

/** The parameters of an operation, shown only for it. */
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
