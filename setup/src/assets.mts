import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { z } from 'zod';

import { columnSchema, type TableSpec, type WorkflowFile, workflowFileSchema } from './n8n/schemas.mts';

const providerSchema = z.object({ name: z.string(), title: z.string(), secretHint: z.string() });

/** By node type: which types of credentials it asks for, and when. */
const credentialUseSchema = z.object({
	name: z.string(),
	displayOptions: z
		.object({
			show: z.record(z.string(), z.array(z.unknown())).optional(),
			hide: z.record(z.string(), z.array(z.unknown())).optional(),
		})
		.optional(),
});

export const generatedSchema = z.object({
	providers: z.array(providerSchema),
	credentialUses: z.record(z.string(), z.array(credentialUseSchema)),
});

export type Provider = z.infer<typeof providerSchema>;
export type CredentialUses = z.infer<typeof generatedSchema>['credentialUses'];

/** What the build takes from the other packages of the repository. */
export interface Assets extends z.infer<typeof generatedSchema> {
	/** By folder, such as `onboarding` or `sources/okta`. */
	workflows: ReadonlyMap<string, WorkflowFile>;
	tables: readonly TableSpec[];
}

const TABLES = 'data-tables';

/** @param folder in which the build put `workflows` and `generated.json` */
export function readAssets(folder: string): Assets {
	const generated = generatedSchema.parse(JSON.parse(readFileSync(join(folder, 'generated.json'), 'utf8')));
	return { ...generated, ...readWorkflows(join(folder, 'workflows')) };
}

/** @param folder with one folder for each workflow */
export function readWorkflows(folder: string): Pick<Assets, 'workflows' | 'tables'> {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
	const workflows = new Map(
		files.sort().map((file) => {
			const workflow = workflowFileSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
			return [dirname(file).split(sep).join('/'), workflow];
		}),
	);
	return { workflows, tables: tablesIn(workflows.get(TABLES)) };
}

const createTableSchema = z.object({
	operation: z.literal('create'),
	tableName: z.string(),
	columns: z.object({ column: z.array(columnSchema) }),
});

/** The tables that the workflow data-tables would make. */
function tablesIn(workflow: WorkflowFile | undefined): TableSpec[] {
	return (workflow?.nodes ?? []).flatMap(({ parameters }) => {
		const made = createTableSchema.safeParse(parameters);
		return made.success ? [{ name: made.data.tableName, columns: made.data.columns.column }] : [];
	});
}

export interface SourceChoice {
	/** Folder in workflows/sources. */
	folder: string;
	title: string;
	isHris: boolean;
	isDirectory: boolean;
}

const SOURCES = 'sources/';
const HRIS = 'HRIS source: ';
const DIRECTORY = 'Directory source: ';

/** Its name does not say of what kind the list is. */
const LIST = 'list';

/** The one source that is an HRIS and lists all people as well. */
const BOTH = ['bamboohr'];

/** The sources there are, from their folders and the names of their workflows. */
export function sourceChoices({ workflows }: Pick<Assets, 'workflows'>): SourceChoice[] {
	return [...workflows].flatMap(([key, { name }]) => {
		if (!key.startsWith(SOURCES)) return [];
		const folder = basename(key);
		const isHris = name.startsWith(HRIS);
		const title = folder === LIST ? 'a list (CSV file or Data Table)' : name.replace(isHris ? HRIS : DIRECTORY, '');
		return [{ folder, title, isHris, isDirectory: !isHris || BOTH.includes(folder) }];
	});
}

export const sourceKey = (folder: string): string => SOURCES + folder;
