import { NodeHelpers } from 'n8n-workflow';
import type { IDataObject, INodeType, INodeTypes, IVersionedNodeType } from 'n8n-workflow';

/** A node as its module exports it, with one version or with several. */
export type AnyNodeType = INodeType | IVersionedNodeType;

/**
 * The node types that a workflow may name. A type is found by its description's name, with or
 * without the package in front: both `notionScim` and `n8n-nodes-notion-scim.notionScim`.
 */
export class NodeTypeRegistry implements INodeTypes {
	readonly #types = new Map<string, AnyNodeType>();

	constructor(types: AnyNodeType[]) {
		for (const type of types) this.#types.set(type.description.name, type);
	}

	getByName(name: string): AnyNodeType {
		const type = this.#types.get(name) ?? this.#types.get(name.slice(name.lastIndexOf('.') + 1));
		if (type === undefined) throw new Error(`The node type ${name} is not registered`);
		return type;
	}

	getByNameAndVersion(name: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(name), version);
	}

	getKnownTypes(): IDataObject {
		return {};
	}
}

/** The version that the editor would give to a newly added node of this type. */
export const newestVersion = ({ description }: AnyNodeType): number => {
	if (description.defaultVersion !== undefined) return description.defaultVersion;
	const version = 'version' in description ? description.version : 1;
	return Array.isArray(version) ? Math.max(...version) : version;
};
