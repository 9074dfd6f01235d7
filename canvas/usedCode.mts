import ts from 'typescript';

/**
 * Code of several files as one script, without the functions and constants of shared files that it does
 * not use: n8n keeps a copy of the whole workflow with every execution.
 *
 * @param texts the last one is kept whole; of the others, functions and constants in capitals are kept
 * where something that is kept names them
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
	const files = texts.map((_text, index) =>
		parts
			.filter((part) => part.file === texts[index] && kept.has(part))
			.map(({ text }) => text)
			.join('')
			.trim(),
	);
	return `${files.filter((text) => text !== '').join('\n\n')}\n`;
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
	return parsed(file).statements.map((statement) => ({
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

function namesIn(node: ts.Node): Set<string> {
	const names = new Set<string>();
	const visit = (one: ts.Node): void => {
		if (ts.isIdentifier(one)) names.add(one.text);
		ts.forEachChild(one, visit);
	};
	visit(node);
	return names;
}
