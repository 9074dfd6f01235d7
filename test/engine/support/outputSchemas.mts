import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

/** Where n8n looks for the outputs of version 1 of the node. */
export const SCHEMA_FOLDER = join(__dirname, '../../../nodes/NotionScim/__schema__/v1.0.0');

/** A part of a schema, as n8n's editor reads it: it knows no other keywords. */
export interface SchemaPart {
	/** The editor takes the first of several, and shows the fields of an object that may be null only by `nullable`. */
	type: string | string[];
	nullable?: true | undefined;
	properties?: Record<string, SchemaPart> | undefined;
	items?: SchemaPart | undefined;
	additionalProperties?: SchemaPart | undefined;
}

const schemaPart: z.ZodType<SchemaPart> = z.lazy(() =>
	z
		.object({
			type: z.union([z.string(), z.array(z.string()).min(2)]),
			nullable: z.literal(true).optional(),
			properties: z.record(schemaPart).optional(),
			items: schemaPart.optional(),
			additionalProperties: schemaPart.optional(),
		})
		.strict(),
);

const schemaFile = z
	.object({
		type: z.literal('object'),
		properties: z.record(schemaPart),
		additionalProperties: schemaPart.optional(),
		version: z.literal(1),
	})
	.strict()
	.transform(({ version: _version, ...part }): SchemaPart => part);

/** In place of an operation: the trigger has none. */
export const TRIGGER = 'trigger';

export const schemaPath = (operation: string): string =>
	operation === TRIGGER
		? join(__dirname, '../../../nodes/NotionScimTrigger/__schema__/v1.0.0.json')
		: join(SCHEMA_FOLDER, `${operation.replace('.', '/')}.json`);

/** The output of an operation as n8n's editor shows it before the first run. @param operation as `user.get` */
export const readSchema = (operation: string): SchemaPart =>
	schemaFile.parse(JSON.parse(readFileSync(schemaPath(operation), 'utf8')));

/** The same schema, which a field that it does not name violates. */
const closed = ({ properties, items, ...rest }: SchemaPart): object => ({
	additionalProperties: properties === undefined,
	...rest,
	...(properties === undefined
		? {}
		: { properties: Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, closed(part)])) }),
	...(items === undefined ? {} : { items: closed(items) }),
});

const ajv = new Ajv({ allErrors: true, strict: false });
const validators = new Map<string, ValidateFunction>();

const validatorOf = (operation: string): ValidateFunction => {
	const known = validators.get(operation);
	if (known !== undefined) return known;
	const validate = ajv.compile(closed(readSchema(operation)));
	validators.set(operation, validate);
	return validate;
};

/** What is in an item and not in the schema of its operation, in words; empty where all is well. */
export const problemsOfItem = (operation: string, item: IDataObject): string[] => {
	const validate = validatorOf(operation);
	if (validate(item)) return [];
	return (validate.errors ?? []).map(({ instancePath, message, params }) =>
		[instancePath, message, JSON.stringify(params)].join(' ').trim(),
	);
};

/** @throws Error that names what the schema of an operation does not say of its items */
export const assertAsInSchema = (operation: string, items: readonly IDataObject[]): void => {
	// Forged operations have no schema; the description's test sees to it that every real one has.
	if (!existsSync(schemaPath(operation))) return;
	const problems = new Set(items.flatMap((item) => problemsOfItem(operation, item)));
	if (problems.size === 0) return;
	throw new Error(`An item of ${operation} is not as in ${schemaPath(operation)}:\n${[...problems].join('\n')}`);
};
