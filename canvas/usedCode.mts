import ts from 'typescript';

/**
 * Code of several files as one script, without the functions and constants of shared files that it does
 * not use: n8n keeps a copy of the whole workflow with every execution.
 *
 * @param texts the last one is kept whole; of the others, functions and constants in capitals are kept
 * where something that is kept names them. Imports go: what they name stands in another of the texts
 * @throws Error for a name that is imported and used, and that none of the texts declares, or two of them
 */
export function usedCode(texts: string[]): string {
	const last = texts.length - 1;
	const parts = texts.flatMap((text, index) => partsOf(text, index < last));
	const kept = new Set(parts.filter(({ declares }) => declares === undefined));
	// A set that grows while it is walked through comes to its end when nothing new is named.
	for (const { names } of kept) {
		for (const part of parts) {
			if (part.declares !== undefined && names.has(part.declares)) kept.add(part);
		}
	}
	refuseUnclear([...kept], texts.flatMap(importedBy), topLevelNames(texts[last] ?? ''));
	const files = texts.map((_text, index) =>
		parts
			.filter((part) => part.file === texts[index] && kept.has(part))
			.map(({ text }) => text)
			.join('')
			.trim(),
	);
	return `${files.filter((text) => text !== '').join('\n\n')}\n`;
}

/**
 * A pure module of TypeScript as a script, so that a rule of `lib/` can stand in a Code node word for
 * word: without types and the word `export`, with its comments and imports.
 */
export function scriptOf(typeScript: string): string {
	const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
	const { outputText } = ts.transpileModule(typeScript, { compilerOptions: options });
	return parsed(outputText)
		.statements.filter((statement) => !ts.isExportDeclaration(statement))
		.map((statement) => statement.getFullText().trim())
		.map((text) => text.replace(/^export (?=(?:async )?function|const|class)/m, ''))
		.map((text) => `${text.replace(/^(?: {4})+/gm, (blanks) => '\t'.repeat(blanks.length / 4))}\n`)
		.join('\n');
}

/** What n8n gives to every Code node, and a module has to import. */
const GIVEN = new Set(['DateTime']);

/** @param own what the last file declares, whether or not it may be left out */
function refuseUnclear(kept: readonly Part[], imported: readonly string[], own: readonly string[]): void {
	const declared = [...kept.flatMap(({ declares }) => declares ?? []), ...own];
	const used = new Set(kept.flatMap(({ names }) => [...names]));
	const missing = imported.find((name) => used.has(name) && !declared.includes(name) && !GIVEN.has(name));
	if (missing !== undefined) throw new Error(`No file of this Code node declares "${missing}"`);
	const twice = declared.find((name, index) => declared.indexOf(name) < index);
	if (twice !== undefined) throw new Error(`Two files of this Code node declare "${twice}"`);
}

/** Names of the functions, classes and variables of a text; those that it takes apart are left out. */
function topLevelNames(text: string): string[] {
	return parsed(text).statements.flatMap((statement) => {
		if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return statement.name?.text ?? [];
		if (!ts.isVariableStatement(statement)) return [];
		return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? name.text : []));
	});
}

function importedBy(text: string): string[] {
	const imports = parsed(text).statements.filter(ts.isImportDeclaration);
	return imports.flatMap(({ importClause }) => [...namesIn(importClause)]);
}

interface Part {
	file: string;
	/** With the comment before it. */
	text: string;
	/** Every name that occurs in it. */
	names: Set<string>;
	/** What it declares, where it may be left out. */
	declares: string | undefined;
}

function partsOf(file: string, isShared: boolean): Part[] {
	if (!isShared) return [{ file, text: file, names: namesIn(parsed(file)), declares: undefined }];
	return parsed(file)
		.statements.filter((statement) => !ts.isImportDeclaration(statement))
		.map((statement) => ({
			file,
			text: statement.getFullText(),
			names: namesIn(statement),
			declares: declaredBy(statement),
		}));
}

function parsed(text: string): ts.SourceFile {
	return ts.createSourceFile('code.js', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
}

function declaredBy(statement: ts.Statement): string | undefined {
	if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return statement.name?.text;
	if (!ts.isVariableStatement(statement)) return undefined;
	const [declaration, ...others] = statement.declarationList.declarations;
	if (!declaration || others.length > 0 || !ts.isIdentifier(declaration.name)) return undefined;
	// Other constants may be what a node is about, and may fail for a reason.
	return /^[A-Z][A-Z_\d]*$/.test(declaration.name.text) ? declaration.name.text : undefined;
}

function namesIn(node: ts.Node | undefined): Set<string> {
	const names = new Set<string>();
	const visit = (one: ts.Node): void => {
		if (ts.isIdentifier(one)) names.add(one.text);
		ts.forEachChild(one, visit);
	};
	if (node) visit(node);
	return names;
}
