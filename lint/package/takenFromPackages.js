const { join } = require('node:path');

/** The nodes whose credentials the set-up command fills in, by package folder. */
const NODES = {
	'n8n-nodes-notion-scim.notionScim': ['dist/nodes/NotionScim/NotionScim.node.js', 'NotionScim'],
	'n8n-nodes-hris-trigger.hrisTrigger': ['hris-trigger/dist/nodes/HrisTrigger/HrisTrigger.node.js', 'HrisTrigger'],
};

/**
 * What the set-up command must know of the two packages, taken from their compiled code: the providers of
 * events, and which credentials a node asks for.
 */
function takenFromPackages(root) {
	const { providers } = require(join(root, 'hris-trigger/dist/lib/providers.js'));
	const uses = Object.entries(NODES).map(([type, [file, name]]) => {
		const { credentials } = new (require(join(root, file))[name])().description;
		return [type, credentials.map(({ name: credential, displayOptions }) => ({ name: credential, displayOptions }))];
	});
	return {
		providers: providers.map(({ name, title, secretHint }) => ({ name, title, secretHint })),
		credentialUses: Object.fromEntries(uses),
	};
}

module.exports = { takenFromPackages };
