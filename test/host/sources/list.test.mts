import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

import { makeDataTables } from '../../../host/dataTables.mts';
import { filledIn } from '../../../host/filledIn.mts';
import { type N8nHost, startHost } from '../../../host/startHost.mts';
import { LIST_COLUMNS } from '../../../lib/directory/importMembers/listColumns.ts';
import { ELSEWHERE } from '../../../vendors/accountVendor.mts';
import { type DirectoryPerson, directoryStaff, STAFF } from '../../../vendors/directoryStaff.mts';
import { type FileServer, startFileServer } from '../../../vendors/fileServer.mts';

jest.setTimeout(60_000);

type Item = Record<string, unknown>;

const HOST = 'files.example.com';
const URL = `https://${HOST}/people.csv`;
const KEY = 'Bearer emulated-key';
const staff = directoryStaff();

let folder: string;
let server: FileServer;
let host: N8nHost;
/** Asks a copy of the source: the settings are those of its import. */
let ask: (copy: keyof typeof COPIES, question?: string) => Promise<Item[]>;

/** Where the copies of the source read, besides what all of them are told. */
const COPIES = {
	url: { from: 'csvUrl', url: URL, closingRow: 'END' },
	windows: { from: 'csvUrl', url: `https://${HOST}/windows.csv`, encoding: 'windows-1252', expectedCount: 2 },
	latin: { from: 'csvUrl', url: `https://${HOST}/windows.csv`, encoding: 'latin1' },
	file: { from: 'csvFile' },
	byAddress: { from: 'csvFile', idAttribute: 'email' },
	table: { from: 'dataTable' },
	noTable: { from: 'dataTable', table: 'directory' },
};

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'source-list-'));
	server = await startFileServer({ hostName: HOST, authorization: KEY });
	host = await startHost({ folder, packages: [], vendors: server.hosts });
	await mkdir(join(folder, '.n8n-files'), { recursive: true });
	const httpHeaderAuth = await host.client.createCredential({
		type: 'httpHeaderAuth',
		name: 'files',
		data: { name: 'Authorization', value: KEY },
	});
	const text = await readFile(join('workflows', 'sources', 'list', 'list.json'), 'utf8');
	for (const [name, own] of Object.entries(COPIES)) {
		const settings = { file: join(folder, '.n8n-files', 'people.csv'), ...own };
		const source = await host.client.importWorkflow(
			quick(filledIn(JSON.parse(text), { Settings: settings })),
			{ credentials: { httpHeaderAuth } },
		);
		await host.client.publish(source.id);
		const caller = await host.client.importWorkflow(callerOf(name, source.id));
		await host.client.publish(caller.id);
	}
	await makeDataTables(host);
	const writer = await host.client.importWorkflow(tableWriter());
	await host.client.publish(writer.id);
	ask = async (name, question = 'everybody') => {
		const response = await post(`ask-${name}`, { ask: question });
		if (!response.ok) throw new Error(await response.text());
		return z.array(z.record(z.unknown())).parse(await response.json());
	};
}, 120_000);

afterAll(async () => {
	await host?.stop();
	await server?.close();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

beforeEach(() => {
	server.heal();
	server.clearRequests();
	server.put('/people.csv', csvOf(staff.all()));
});

describe('the list source, asked for everyone', () => {
	it('gives every person of a CSV file at an address, and says that it is complete', async () => {
		const items = await ask('url');

		expect(items.slice(0, -1)).toEqual(staff.all().map(expected));
		expect(items.at(-1)).toEqual({
			manifest: true,
			source: 'list',
			readAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
			pages: 1,
			count: 250,
			complete: true,
			groupsComplete: true,
			attributesRead: ATTRIBUTES,
		});
		expect(server.requests()).toHaveLength(1);
	});

	it('gives every person of a file on the server', async () => {
		await writeFile(join(folder, '.n8n-files', 'people.csv'), csvOf(staff.all(), ''));

		const items = await ask('file');

		expect(items.slice(0, -1)).toEqual(staff.all().map(expected));
		expect(items.at(-1)).toMatchObject({ count: 250, complete: true, groupsComplete: true });
	});

	it('gives every person of a Data Table', async () => {
		const rows = staff.all().map(rowOf);
		const response = await post('store-people', { rows });
		expect(response.status).toBe(200);

		const items = await ask('table');

		expect(items.slice(0, -1)).toEqual(staff.all().map(expected));
		expect(items.at(-1)).toMatchObject({ count: 250, complete: true, groupsComplete: true });
		// A table whose name merely contains the one in Settings is another one.
		expect(await ask('noTable')).toMatchObject([
			{ manifest: true, count: 0, complete: false, explanation: 'There is no Data Table "directory".' },
		]);
	});

	it('reads another encoding, where Settings say so', async () => {
		const csv = 'id,email,name,groups\r\n1,zoe@example.com,Zoë Müller,\r\n2,a@example.com,Åsa O\u0092Brien,';
		server.put('/windows.csv', Buffer.from(csv, 'latin1'));

		expect(await ask('windows')).toMatchObject([
			{ displayName: 'Zoë Müller' },
			{ displayName: 'Åsa O’Brien' },
			{ complete: true, count: 2 },
		]);
		expect(await ask('latin')).toMatchObject([
			{ count: 0, complete: false, explanation: expect.stringContaining('windows-1252') },
		]);
	});

	it("reads Google's export: flags, dates of databases, and an ID by address", async () => {
		const rows = [
			'#TYPE Selected.Google.User',
			'primaryEmail,archived,suspended,suspensionReason,hire date,last day,state',
			'liam@example.com,False,True,ADMIN,2019-03-15 00:00:00,0000-00-00,Bavaria',
			'ines@example.com,True,False,,20190315,2026-01-31T00:00:00Z,Bavaria',
			'<mia@example.com>,False,False,,,,',
		];
		await writeFile(join(folder, '.n8n-files', 'people.csv'), rows.join('\r\n'));

		expect(await ask('byAddress')).toMatchObject([
			{ sourceId: 'liam@example.com', status: 'suspended', startAt: '2019-03-15T00:00:00.000Z' },
			{ sourceId: 'ines@example.com', status: 'inactive', endDate: '2026-01-31' },
			{ sourceId: 'mia@example.com', status: 'active', email: '<mia@example.com>' },
			{ count: 3, complete: true },
		]);
	});

	it('gives out what came, and says that it is not complete, where the list ends in the middle', async () => {
		const whole = csvOf(staff.all());
		const lineOf100 = whole.indexOf('\r\n"P101"') + 2;
		server.put('/people.csv', whole.slice(0, lineOf100));

		const items = await ask('url');

		expect(items.slice(0, -1)).toEqual(staff.all().slice(0, 100).map(expected));
		expect(items.at(-1)).toMatchObject({
			count: 100,
			complete: false,
			groupsComplete: false,
			explanation: expect.stringContaining('The last row is not "END"'),
		});
	});

	it.each([
		['is cut on its way', () => server.cutAfter(5_000), /could not be fetched/],
		['is not there', () => server.fail({ status: 404 }), /could not be fetched.*404|could not be found/],
		['is a web page', () => server.fail({ html: true, status: 200 }), /web page/],
		['is empty', () => server.put('/people.csv', ''), /empty|no text/],
		[
			'is in another encoding',
			() => server.put('/people.csv', Buffer.from('id,name\n1,Zoë', 'latin1')),
			/another encoding/,
		],
	])(
		'gives out no one, and says why, where the list %s',
		async (_case, happen, sentence) => {
			happen();

			const items = await ask('url');

			expect(items).toEqual([
				expect.objectContaining({ manifest: true, count: 0, complete: false, groupsComplete: false }),
			]);
			expect(items[0]?.['explanation']).toMatch(sentence);
		},
	);

	it('takes the key to no other host, wherever the address leads on to', async () => {
		server.fail({ redirect: `https://${ELSEWHERE}/people.csv` });

		expect(await ask('url')).toMatchObject([
			{ manifest: true, count: 0, complete: false, explanation: expect.stringContaining('could not be fetched') },
		]);
		expect(await host.proxy.requests(ELSEWHERE)).toEqual([]);
	});

	it('tries again after a failure that passes', async () => {
		server.fail({ status: 503, times: 2 });

		expect((await ask('url')).at(-1)).toMatchObject({ count: 250, complete: true });
	});

	it('says so where there is no file', async () => {
		await rm(join(folder, '.n8n-files', 'people.csv'), { force: true });

		expect(await ask('file')).toMatchObject([
			{ manifest: true, count: 0, complete: false, explanation: expect.stringMatching(/people\.csv/) },
		]);
	});

	it('fails where it is asked something else', async () => {
		await expect(ask('url', 'person')).rejects.toThrow();
		expect(server.requests()).toEqual([]);
	});
});

const ATTRIBUTES = [
	'email',
	'secondaryEmails',
	'displayName',
	'givenName',
	'familyName',
	'title',
	'department',
	'costCenter',
	'employeeNumber',
	'managerEmail',
	'preferredLanguage',
	'phoneNumber',
	'groups',
];

const WORDS = {
	active: 'Active',
	disabled: 'Terminated',
	notStarted: 'Pending start',
	suspended: 'Suspended',
	lockedOut: 'LOCKED_OUT',
};
const MEANINGS = {
	active: 'active',
	disabled: 'inactive',
	notStarted: 'notStarted',
	suspended: 'suspended',
	lockedOut: 'active',
};

/** What the source is to say of a person, written from the staff alone. */
function expected(person: DirectoryPerson): Item {
	const { number, state, secondaryEmails, managerNumber, hireDate, leaveDate } = person;
	const managerEmail = staff.find(managerNumber)?.email;
	return without({
		source: 'list',
		sourceId: `P${number}`,
		active: state !== 'disabled',
		status: MEANINGS[state],
		statusWord: WORDS[state],
		email: person.email,
		secondaryEmails: secondaryEmails.length > 0 ? secondaryEmails.join(', ') : undefined,
		displayName: person.displayName,
		givenName: person.givenName,
		familyName: person.familyName,
		title: person.title,
		department: person.department,
		costCenter: person.costCenter,
		employeeNumber: person.employeeNumber,
		managerEmail,
		preferredLanguage: person.preferredLanguage,
		phoneNumber: person.phoneNumber,
		groups: staff.groupsOf(number),
		startAt: hireDate === undefined ? undefined : `${hireDate}T00:00:00.000Z`,
		endDate: leaveDate,
		inScope: true,
		explanation:
			state === 'suspended'
				? 'The list says "Suspended", which may end again: nothing is taken away.'
				: undefined,
	});
}

function without(fields: Item): Item {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** As HR exports it: semicolons, every cell in quotes, line breaks in a note, Excel's byte order mark. */
function csvOf(people: DirectoryPerson[], closing = 'END'): string {
	const header = [
		'Employee ID', 'E-Mail', 'Other e-mails', 'Full name', 'First name', 'Last Name', 'Job Title',
		'Department', 'Cost centre', 'Employee no.', 'Manager e-mail', 'Language', 'Work phone', 'Groups',
		'Employment status', 'Hire date', 'Last day', 'Note',
	];
	const rows = people.map((person) => [
		`P${person.number}`,
		person.email,
		person.secondaryEmails.join(', '),
		person.displayName,
		person.givenName,
		person.familyName,
		person.title,
		person.department,
		person.costCenter,
		person.employeeNumber,
		staff.find(person.managerNumber)?.email,
		person.preferredLanguage,
		person.phoneNumber,
		staff.groupsOf(person.number).join(person.number % 2 === 0 ? '; ' : '|'),
		WORDS[person.state],
		person.hireDate,
		person.leaveDate,
		person.number === STAFF.zoe ? 'Says "hello";\r\nand, sometimes,\nmore' : '',
	]);
	const quoted = (cell = '') => `"${cell.replaceAll('"', '""')}"`;
	const lines = [header, ...rows].map((cells) => cells.map(quoted).join(';'));
	const end = closing === '' ? [] : [`${closing};${people.length}`];
	return `\uFEFF${[...lines, ...end].join('\r\n')}\r\n`;
}

function rowOf(person: DirectoryPerson): Record<string, string> {
	const { number } = person;
	return {
		sourceId: `P${number}`,
		email: person.email ?? '',
		secondaryEmails: person.secondaryEmails.join(', '),
		displayName: person.displayName,
		givenName: person.givenName ?? '',
		familyName: person.familyName ?? '',
		title: person.title ?? '',
		department: person.department ?? '',
		costCenter: person.costCenter ?? '',
		employeeNumber: person.employeeNumber ?? '',
		managerEmail: staff.find(person.managerNumber)?.email ?? '',
		preferredLanguage: person.preferredLanguage ?? '',
		phoneNumber: person.phoneNumber ?? '',
		groups: staff.groupsOf(number).join(';'),
		status: WORDS[person.state],
		startAt: person.hireDate ?? '',
		endDate: person.leaveDate ?? '',
	};
}

async function post(path: string, body: object): Promise<Response> {
	return await fetch(host.webhookUrl(path), {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	});
}

/** No long waits between tries; how often stays as it is. */
function quick<File extends { nodes: object[] }>(file: File): File {
	const nodes = file.nodes.map((node) =>
		'retryOnFail' in node ? { ...node, waitBetweenTries: 50 } : node,
	);
	return { ...file, nodes };
}

const WEBHOOK = { httpMethod: 'POST', responseMode: 'lastNode', options: {} };

function node(name: string, type: string, typeVersion: number, parameters: Record<string, unknown>) {
	return { id: name, name, type: `n8n-nodes-base.${type}`, typeVersion, parameters, position: [0, 0] };
}

function chain(...names: string[]) {
	return Object.fromEntries(
		names.slice(1).map((to, index) => [names[index], { main: [[{ node: to, type: 'main', index: 0 }]] }]),
	);
}

function callerOf(name: string, source: string) {
	return {
		name: `Caller of ${name}`,
		nodes: [
			node('Call', 'webhook', 2, { ...WEBHOOK, path: `ask-${name}`, responseData: 'allEntries' }),
			node('Source', 'executeWorkflow', 1.2, {
				workflowId: { __rl: true, mode: 'id', value: source },
				workflowInputs: {
					mappingMode: 'defineBelow',
					value: { ask: '={{ $json.body.ask }}' },
					matchingColumns: [],
					schema: [{ id: 'ask', displayName: 'ask', display: true, type: 'string' }],
					attemptToConvertTypes: false,
					convertFieldsToString: false,
				},
				mode: 'once',
				options: {},
			}),
		],
		connections: chain('Call', 'Source'),
	};
}

/** Fills the Data Table with the rows that it is sent. */
function tableWriter() {
	const cells = "Object.fromEntries(columns.map((name) => [name, row[name] ?? '']))";
	return {
		name: 'Store people',
		nodes: [
			node('Call', 'webhook', 2, { ...WEBHOOK, path: 'store-people' }),
			node('People', 'code', 2, {
				jsCode: `const columns = ${JSON.stringify(LIST_COLUMNS)};\nreturn $('Call').first().json.body.rows.map((row) => ({ json: ${cells} }));`,
			}),
			node('Store', 'dataTable', 1, {
				resource: 'row',
				operation: 'insert',
				dataTableId: { __rl: true, mode: 'name', value: 'directory_people' },
				columns: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: [], schema: [] },
				options: { optimizeBulk: true },
			}),
		],
		connections: chain('Call', 'People', 'Store'),
	};
}
