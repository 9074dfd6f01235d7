import type { INodeProperties } from 'n8n-workflow';

/** The documentation that belongs to this version of the node's source. */
const NODE_DOCS = 'https://github.com/n8n-nodes-notion-scim/n8n-nodes-notion-scim/blob/main/docs/node.md';

/**
 * The explanation on top of an operation, with a link to its documentation.
 * @param section the anchor of a heading in docs/node.md
 */
export function notice(name: string, section: string, text: string): INodeProperties {
	return {
		displayName: `${text} <a href="${NODE_DOCS}#${section}" target="_blank">Learn more</a>`,
		name,
		type: 'notice',
		default: '',
	};
}
