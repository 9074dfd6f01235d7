import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';

/** Stands before the vendor's own part, so that a pull finds it. */
const OWN = '// ---- mapping.js: what is particular to this source. What stands above is explained in the files that it imports. ----';
const RUN = '// ---- What the node gives out. ----\nreturn read({ $, runIndex: $runIndex });\n';

/** The package's own forms of these need Node, which n8n's Code node does not have. */
const IN_CODE_NODES = new Map([['lib/scim/emailKey.ts', 'workflows/sources/shared/emailKey.js']]);

/**
 * The text of a source's Code node: the source's mapping.js whole, and before it what it uses of the
 * files that it imports. n8n's Code nodes cannot import, and n8n keeps a copy of the workflow with each
 * execution, so functions that nothing names are left out.
 *
 * @param mapping file from the root; it exports `read`
 * @param written what the file says, where it has yet to be written
 * @throws Error where two files declare the same name
 */
export function mappingCode(mapping: string, root = '.', written?: string): string {
	const files = new Map<string, File>();
	readFile(mapping, root, files, written);
	const own = files.get(mapping);
	if (own === undefined) throw new Error(`There is no ${mapping}`);
	const kept = used(own, files);
	const names = [...kept, ...own.parts].flatMap(({ declares }) => declares);
	const twice = names.find((name, index) => names.indexOf(name) < index);
	if (twice !== undefined) throw new Error(`Two files of ${mapping} declare "${twice}"`);
	return [...kept.map(({ text }) => text), OWN, withoutModule(own.text.slice(endOfImports(own.text))), RUN].join('\n\n');
}

/**
 * The mapping.js of a Code node that somebody changed in n8n's editor.
 *
 * @param before the file until now: imports, and what is exported, stay as they are there
 * @returns undefined where the code is not one that {@link mappingCode} gave
 */
export function mappingIn(code: string, before: string): string | undefined {
	const start = code.indexOf(OWN);
	const end = code.lastIndexOf(RUN.split('\n')[0] ?? RUN);
	if (start < 0 || end < start) return undefined;
	const head = before.slice(0, endOfImports(before));
	const exported = parsed(before).statements.filter(isExported).flatMap(declaredBy);
	const text = code.slice(start + OWN.length, end).trim();
	const own = exported.reduce(
		(found, name) => found.replace(new RegExp(`^(?=(?:(?:async )?function\\*?|const|class) ${name}\\b)`, 'm'), 'export '),
		text,
	);
	return `${head === '' ? '' : `${head}\n\n`}${own}\n`;
}

interface File {
	text: string;
	parts: Part[];
	/** By the name of what is imported: the file that it comes from. */
	imports: Map<string, string>;
}

interface Part {
	text: string;
	declares: string[];
	/** Every name that occurs in it. */
	names: Set<string>;
}

/** Reads a file into `files`, behind all that it imports from. */
function readFile(path: string, root: string, files: Map<string, File>, written = readFileSync(join(root, path), 'utf8')): void {
	if (files.has(path)) return;
	const text = path.endsWith('.ts') ? javaScript(written) : written;
	const imports = importsOf(text, path);
	for (const from of new Set(imports.values())) readFile(from, root, files);
	files.set(path, { text, parts: partsOf(text), imports });
}

function importsOf(text: string, path: string): Map<string, string> {
	const found = new Map<string, string>();
	for (const { moduleSpecifier, importClause } of parsed(text).statements.filter(ts.isImportDeclaration)) {
		// n8n gives the Code node what comes from packages, such as luxon's DateTime.
		if (!ts.isStringLiteral(moduleSpecifier) || !moduleSpecifier.text.startsWith('.')) continue;
		const name = normalize(join(dirname(path), moduleSpecifier.text));
		const file = /\.(?:js|ts)$/.test(name) ? name : `${name}.ts`;
		for (const one of importClause ? namesIn(importClause) : []) found.set(one, IN_CODE_NODES.get(file) ?? file);
	}
	return found;
}

function javaScript(typeScript: string): string {
	const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
	const { outputText } = ts.transpileModule(typeScript, { compilerOptions });
	return withTabs(outputText);
}

/** Of the other files, what the mapping names, and what that names. */
function used(own: File, files: ReadonlyMap<string, File>): Part[] {
	const kept = new Set<Part>();
	const take = (names: Iterable<string>, file: File): void => {
		for (const name of names) {
			const from = files.get(file.imports.get(name) ?? '') ?? (file === own ? undefined : file);
			for (const part of from?.parts.filter(({ declares }) => declares.includes(name)) ?? []) {
				if (from === undefined || kept.has(part)) continue;
				kept.add(part);
				take(part.names, from);
			}
		}
	};
	take(own.parts.flatMap(({ names }) => [...names]), own);
	return [...files.values()].flatMap(({ parts }) => parts.filter((part) => kept.has(part)));
}

const printer = ts.createPrinter({ removeComments: true });

function printed(statement: ts.Statement): string {
	return withTabs(printer.printNode(ts.EmitHint.Unspecified, statement, statement.getSourceFile()));
}

function withTabs(text: string): string {
	return text.replace(/^(?: {4})+/gm, (blanks) => '\t'.repeat(blanks.length / 4));
}

function partsOf(text: string): Part[] {
	return parsed(text)
		.statements.filter((statement) => !ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement))
		.map((statement) => ({
			// What explains them stands in their files.
			text: withoutModule(printed(statement)),
			declares: declaredBy(statement),
			names: namesIn(statement),
		}));
}

/** Where the imports of a module end, which stand first; 0 where it has none. */
function endOfImports(text: string): number {
	return parsed(text).statements.findLast(ts.isImportDeclaration)?.getEnd() ?? 0;
}

/** The text as it can stand in a script. */
function withoutModule(text: string): string {
	return text.replace(/^export (?=(?:async )?function|const|class)/gm, '').trim();
}

function isExported(statement: ts.Statement): boolean {
	return ts.canHaveModifiers(statement) && (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function declaredBy(statement: ts.Statement): string[] {
	if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return statement.name ? [statement.name.text] : [];
	if (!ts.isVariableStatement(statement)) return [];
	return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? name.text : []));
}

function namesIn(node: ts.Node): Set<string> {
	const names = new Set<string>();
	const visit = (one: ts.Node): void => {
		if (ts.isIdentifier(one)) names.add(one.text);
		ts.forEachChild(one, visit);
	};
	visit(node);
	return names;
}

function parsed(text: string): ts.SourceFile {
	return ts.createSourceFile('code.js', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
}
