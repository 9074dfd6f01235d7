import fc from 'fast-check';

import { readCsv, readTable } from './readList.mts';

/** What a program that thinks of another encoding makes of a text. */
const as = (encoding: string, bytes: Uint8Array) => new TextDecoder(encoding).decode(bytes);
const utf8 = (text: string) => new TextEncoder().encode(text);
/** As iconv reads latin1, where every byte is the character of its number. */
const latin1 = (bytes: Uint8Array) => String.fromCharCode(...bytes);

describe('a list that was read in another encoding', () => {
	it.each([
		['a dash of windows-1252 read as latin1', 'Anne\u0096Marie'],
		['an apostrophe of windows-1252 read as latin1', 'O\u0092Brien'],
		['a Š of windows-1252 read as latin1', '\u008Aárka'],
		['latin1 read as UTF-8', 'Zo\uFFFD'],
		['UTF-8 read as latin1', latin1(utf8('José'))],
		['UTF-8 read as windows-1252', as('windows-1252', utf8('Zoë Müller'))],
		['Polish UTF-8 read as windows-1252', as('windows-1252', utf8('Łukasz'))],
		['Greek UTF-8 read as windows-1252', as('windows-1252', utf8('Ελένη'))],
		['Chinese UTF-8 read as latin1', latin1(utf8('王芳'))],
		['UTF-16 read as UTF-8', 'I\u0000n\u0000e\u0000s\u0000'],
	])('gives out no one: %s', (_case, name) => {
		const { people, manifest } = readCsv(`id,name\n1,Ines\n2,${name}`);

		expect(people).toEqual([]);
		expect(manifest).toMatchObject({ complete: false, explanation: expect.stringContaining('encoding') });
	});

	it('is noticed by its byte order mark alone, and in a Data Table', () => {
		expect(readCsv(`${latin1(utf8('\uFEFF'))}id,name\n1,Ines`).people).toEqual([]);
		expect(readTable([{ sourceId: '1', displayName: 'Anne\u0096Marie' }])).toMatchObject({
			people: [],
			manifest: { complete: false, explanation: expect.stringContaining('encoding') },
		});
	});

	it('is noticed for every name that has letters outside ASCII', () => {
		const name = fc.array(fc.constantFrom(...'äöüßéèêëçñøåÅÉÑšžčłąęőČŽ'), { minLength: 1, maxLength: 6 });
		fc.assert(
			fc.property(name, fc.constantFrom('latin1', 'windows-1252'), (letters, encoding) => {
				const bytes = utf8(`x${letters.join('')}y`);
				const written = encoding === 'latin1' ? latin1(bytes) : as(encoding, bytes);
				expect(readCsv(`id,name\n1,${written}`).people).toEqual([]);
			}),
		);
	});

	it.each(['Zoë Müller', 'Łukasz', 'Ελένη', '王芳', 'JOÃO', '«CAFÉ»', '»Spaß«', 'Åsa Öberg', 'n° 5', 'Ñuño', 'Anne–Marie', 'O’Brien', '😀'])(
		'is not one with %s',
		(name) => {
			expect(readCsv(`id,name\n1,${name}`).people).toMatchObject([{ displayName: name }]);
		},
	);
});

describe('lines in front of the header', () => {
	it.each([
		['#TYPE of PowerShell', '#TYPE Selected.Microsoft.ActiveDirectory.Management.ADUser\r\n'],
		['#TYPE in quotes', '"#TYPE System.Management.Automation.PSCustomObject"\r\n'],
		['a byte order mark and #TYPE', '\uFEFF#TYPE System.Object\n'],
		["Excel's line", 'sep=,\r\n'],
		["Excel's line and #TYPE", 'sep=,\r\n#TYPE System.Object\r\n'],
		['empty lines', '\r\n  \r\n'],
	])('are no header: %s', (_case, lines) => {
		const { people, manifest } = readCsv(`${lines}"id","email"\r\n"1","ines@example.com"\r\n`);

		expect(people).toMatchObject([{ sourceId: '1', email: 'ines@example.com' }]);
		expect(manifest).toMatchObject({ complete: true });
	});

	it('count, where a line is named', () => {
		const { manifest } = readCsv('#TYPE System.Object\nid;email\n1;ines@example.com\n2\n');

		expect(manifest['explanation']).toContain('line 4');
	});
});

describe('separators at the end', () => {
	it.each([
		['of every row but not of the header', 'id,email\n1,ines@example.com,\n2,liam@example.com,'],
		['of the header but not of the rows', 'id,email,,\n1,ines@example.com\n2,liam@example.com'],
		['of all lines', 'id,email,,\n1,ines@example.com,,\n2,liam@example.com,,'],
	])('%s are no cells', (_case, csv) => {
		const { people, manifest } = readCsv(csv);

		expect(people.map(({ email }) => email)).toEqual(['ines@example.com', 'liam@example.com']);
		expect(manifest).toMatchObject({ complete: true });
	});

	it('of one row alone may mean that its cells have moved', () => {
		const { people, manifest } = readCsv('id,name,title\n1,Ines,CEO\n2,Doe, John,');

		expect(people.map(({ sourceId }) => sourceId)).toEqual(['1']);
		expect(manifest).toMatchObject({ complete: false, explanation: expect.stringContaining('line 3') });
	});
});

it.each(['1,002', '1.002', '1,002.00', "1'002", '1 002', '1002'])('the closing row may count %s rows', (told) => {
	const rows = Array.from({ length: 1002 }, (_, index) => `${index};x${index}@example.com`);
	const read = readCsv(`id;email\n${rows.join('\n')}\nEND;${told}`, { closingRow: 'END' });

	expect(read.manifest).toMatchObject({ complete: true, count: 1002 });
	expect(readCsv(`id;email\n${rows.slice(1).join('\n')}\nEND;${told}`, { closingRow: 'END' }).manifest).toMatchObject({
		complete: false,
	});
});
