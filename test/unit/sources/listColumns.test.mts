import { readCsv } from './readList.mts';

describe('columns that have one name without their signs', () => {
	it.each([
		['_id,id,email', '1,2,ines@example.com', '_id", "id'],
		['id,Email (work),Email (private)', '1,a@example.com,b@example.com', 'Email (work)", "Email (private)'],
		['id,Status,Status (EN)', '1,Ausgetreten,Left', 'Status", "Status (EN)'],
		['id,E-Mail,email', '1,a@example.com,b@example.com', 'E-Mail", "email'],
		['id,Last day,last_day', '1,2020-01-31,2099-01-31', 'Last day", "last_day'],
	])('are not guessed at where it matters: %s', (header, row, names) => {
		const { people, manifest } = readCsv(`${header}\n${row}`);

		expect(people).toEqual([]);
		expect(manifest).toMatchObject({ complete: false, attributesRead: [] });
		expect(manifest['explanation']).toContain(names);
		expect(manifest['explanation']).toContain('exactly in Settings');
	});

	it.each([
		['_id,id,email', '1,2,ines@example.com', { columns: { _id: 'sourceId' } }, { sourceId: '1' }],
		['_id,id,email', '1,2,ines@example.com', { idAttribute: 'id' }, { sourceId: '2' }],
		[
			'id,Email (work),Email (private)',
			'1,a@example.com,b@example.com',
			{ columns: { 'Email (work)': 'email' } },
			{ email: 'a@example.com' },
		],
		[
			'id,Email (work),Email (private)',
			'1,a@example.com,b@example.com',
			{ emailAttribute: 'Email (private)' },
			{ email: 'b@example.com' },
		],
		['id,Status,Status (EN)', '1,Ausgetreten,Left', { columns: { 'Status (EN)': 'status' } }, { status: 'inactive' }],
		['id,Status,Status (EN)', '1,Ausgetreten,Left', { columns: { Status: 'ignored' } }, { status: 'inactive' }],
	])('are told apart by an exact name in Settings: %s', (header, row, settings, expected) => {
		const { people, manifest } = readCsv(`${header}\n${row}\n9,,`, settings);

		expect(people[0]).toMatchObject(expected);
		expect(manifest['explanation'] ?? '').not.toContain('several columns');
	});

	it.each([
		['Phone (work)', 'Phone (home)', 'phoneNumber'],
		['Department', 'department_', 'department'],
		['Title', 'TITLE [Required]', 'title'],
		['Groups', 'Groups (old)', 'groups'],
	])('cost an attribute that no one needs, and nothing else: %s and %s', (one, other, attribute) => {
		const { people, manifest } = readCsv(`id,email,name,${one},${other}\n1,ines@example.com,Ines,x,y`);

		expect(people).toMatchObject([{ sourceId: '1', email: 'ines@example.com', displayName: 'Ines' }]);
		expect(people[0]).not.toHaveProperty(attribute);
		expect(manifest).toMatchObject({ complete: true });
		expect(manifest['attributesRead']).not.toContain(attribute);
		expect(manifest['explanation']).toContain(`several columns "${one}", "${other}"`);
	});

	it('are needed where the scope goes by them', () => {
		const { manifest } = readCsv('id,email,Department,department_\n1,ines@example.com,Sales,HR', {
			scopeAttribute: 'department',
			scopeValues: ['Sales'],
		});

		expect(manifest).toMatchObject({ count: 0, complete: false });
	});

	it('do not make a private address the one of the company', () => {
		const { people } = readCsv('id,Email (private),Work email\n1,ines@home.example,ines@example.com');

		expect(people).toMatchObject([{ email: 'ines@example.com' }]);
	});

	it('may be empty, as many as there are', () => {
		expect(readCsv('id,,email,,\n1,,ines@example.com,,').people).toMatchObject([{ email: 'ines@example.com' }]);
	});
});

describe("the name of a guest account is no one's address", () => {
	const guest = 'ada_partner.example#EXT#@contoso.onmicrosoft.com';

	it.each(['userPrincipalName', 'UPN', 'login', 'Email'])('in a column %s', (column) => {
		const { people, manifest } = readCsv(`id,${column}\n1,${guest}\n2,ines@example.com`);

		expect(people.map(({ sourceId, email }) => [sourceId, email])).toEqual([
			['1', undefined],
			['2', 'ines@example.com'],
		]);
		expect(people[0]?.['explanation']).toContain('guest account');
		expect(manifest).toMatchObject({ complete: false, explanation: expect.stringContaining('line 2') });
	});

	it('and the list is complete where the address stands in another column', () => {
		const { people, manifest } = readCsv(`id,userPrincipalName,mail\n1,${guest},ada@partner.example`);

		expect(people).toMatchObject([{ email: 'ada@partner.example' }]);
		expect(manifest).toMatchObject({ complete: true });
	});

	it('nor that of a manager or a second one', () => {
		const { people } = readCsv(`id,email,aliases,manager email\n1,ines@example.com,"i@example.com, ${guest}",${guest}`);

		expect(people[0]).toMatchObject({ secondaryEmails: 'i@example.com' });
		expect(people[0]).not.toHaveProperty('managerEmail');
	});
});

describe('an ID', () => {
	it.each(['ines@example.com', 'mailto:ines@example.com', 'Ines <Ines@Example.com>', '"ines@example.com"', '<ines@EXAMPLE.com>'])(
		'that is an address is the same in every form: %s',
		(written) => {
			const csv = `Email\n"${written.replaceAll('"', '""')}"`;

			expect(readCsv(csv, { idAttribute: 'email' }).people[0]?.['sourceId']).toMatch(/^ines@example\.com$/i);
			expect(readCsv(csv, { idAttribute: 'email' }).people[0]?.['email']).toBe(written);
		},
	);

	it.each(['1.23457E+11', '1,23457E+11', '9.0e+15'])('that a spreadsheet has rounded is none: %s', (id) => {
		const { people, manifest } = readCsv(`id;email\n"${id}";ines@example.com\n7;liam@example.com`);

		expect(people.map(({ sourceId }) => sourceId)).toEqual(['7']);
		expect(manifest).toMatchObject({ complete: false, explanation: expect.stringContaining('line 2') });
	});
});
