import { z } from 'zod';

const optionSchema = z.object({ name: z.string(), value: z.unknown() }).passthrough();

const propertySchema = z
	.object({
		name: z.string(),
		type: z.string(),
		required: z.boolean().optional(),
		displayOptions: z.object({ show: z.record(z.array(z.unknown())).optional() }).passthrough().optional(),
		options: z.array(z.object({}).passthrough()).optional(),
		modes: z.array(z.object({ name: z.string() })).optional(),
	})
	.passthrough();

/** Nodes as n8n serves them to its editor, with only the fields that are read. */
export const servedNodesSchema = z.array(
	z.object({
		name: z.string(),
		version: z.union([z.number().transform((one) => [one]), z.array(z.number())]),
		properties: z.array(propertySchema),
	}),
);

export type ServedNode = z.infer<typeof servedNodesSchema>[number];
type Property = z.infer<typeof propertySchema>;

/** One operation of our node, and what a user must fill in before n8n runs it. */
export interface ServedOperation {
	/** As `user.get`. */
	name: string;
	parameters: Record<string, unknown>;
}

/** Every operation that a node offers, with its required parameters filled in by their types. */
export function operationsOf({ properties }: ServedNode): ServedOperation[] {
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options = [] }) => {
			const resource = displayOptions?.show?.['resource']?.[0];
			return z.array(optionSchema).parse(options).map(({ value: operation }) => ({
				name: `${String(resource)}.${String(operation)}`,
				parameters: { resource, operation, ...required(properties, { resource, operation }) },
			}));
		});
}

function required(properties: Property[], chosen: { resource: unknown; operation: unknown }) {
	const isShown = ({ displayOptions }: Property) =>
		displayOptions?.show?.['resource']?.includes(chosen.resource) === true &&
		displayOptions.show['operation']?.includes(chosen.operation) === true;
	return Object.fromEntries(
		properties.filter((one) => one.required === true && isShown(one)).map((one) => [one.name, example(one)]),
	);
}

function example({ type, modes = [] }: Property): unknown {
	if (type === 'json') return '[]';
	if (type === 'multiOptions') return [];
	if (type !== 'resourceLocator') return 'ada@example.com';
	return modes.some(({ name }) => name === 'email')
		? { __rl: true, mode: 'email', value: 'ada@example.com' }
		: { __rl: true, mode: 'name', value: 'UTC' };
}
