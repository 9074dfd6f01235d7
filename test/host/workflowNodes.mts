/** A node that n8n brings along, as it stands in a workflow file. */
export const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
	id: name,
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion,
	position: [0, 0],
	parameters,
});

/** The connections of nodes that run one after another. */
export const chain = (...names: string[]) =>
	Object.fromEntries(
		names.slice(0, -1).map((name, index) => [name, { main: [[{ node: names[index + 1] ?? '', type: 'main', index: 0 }]] }]),
	);
