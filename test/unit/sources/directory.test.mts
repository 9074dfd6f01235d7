import { directoryAnswer } from '../../../workflows/sources/shared/manifest.js';
import { person } from '../../../workflows/sources/shared/person.js';
import { assertAsksForAll } from '../../../workflows/sources/shared/readDirectory.js';
import { inScope } from '../../../workflows/sources/shared/scope.js';
import { directoryEmploymentState } from '../../../workflows/sources/shared/status.js';
import { settingsList } from '../../../workflows/sources/shared/text.js';

type Fields = Record<string, unknown>;

describe('the question to a directory source', () => {
	it.each([['person'], ['leavers'], [''], [undefined], ['Everybody']])('is not %p', (ask) => {
		expect(() => assertAsksForAll([{ json: { ask } }])).toThrow(/must be "everybody"/);
	});

	it('is everyone', () => {
		expect(() => assertAsksForAll([{ json: { ask: ' everybody ' } }])).not.toThrow();
		expect(() => assertAsksForAll([])).toThrow(/must be "everybody"/);
	});
});

describe('where a person stands in a directory', () => {
	const table = { active: 'active', passwordexpired: 'active', suspended: 'suspended', gone: 'inactive' };
	const employmentState = (word: unknown, ownWords: Fields = {}) =>
		directoryEmploymentState('Okta', word, table, ownWords);

	it.each([
		['ACTIVE', true, 'active', undefined],
		['Password Expired', true, 'active', undefined],
		['PASSWORD_EXPIRED', true, 'active', undefined],
		['suspended', true, 'suspended', /says "suspended".*nothing is taken away/],
		['gone', false, 'inactive', undefined],
		['On the moon', true, 'unknown', /"On the moon".*A person must look/],
		['', true, 'unknown', /A person must look/],
		['constructor', true, 'unknown', /A person must look/],
	])('is told by the word %p', (word, active, status, explanation) => {
		expect(employmentState(word)).toEqual({
			active,
			status,
			statusWord: word === '' ? undefined : word,
			explanation: explanation === undefined ? undefined : expect.stringMatching(explanation),
		});
	});

	it("is told by the company's own words first, and never by a meaning that there is not", () => {
		expect(employmentState('Garden leave', { 'garden-leave': 'inactive' })).toMatchObject({ active: false });
		expect(employmentState('gone', { gone: 'suspended' })).toMatchObject({ status: 'suspended', active: true });
		expect(() => employmentState('gone', { gone: 'left' })).toThrow(/"left" in ownWords/);
	});
});

describe('the scope', () => {
	const ada = { department: 'Engineering', groups: ['SRE', 'Platform'] };
	const scope = (fields: Fields) => inScope(ada, fields);

	it.each([
		[{}],
		[{ isAssigned: true }],
		[{ attribute: 'department', values: [] }],
		[{ attribute: '', values: ['Sales'] }],
		[{ attribute: 'department', values: 'Sales, engineering' }],
		[{ attribute: 'department', values: ['Eng*'] }],
		[{ attribute: 'groups', values: ['sre'] }],
		[{ attribute: 'site', values: ['Bu\u0308ro*'], value: 'Büro Köln' }],
		[{ attribute: 'company', values: ['Acme'], value: 'ACME' }],
	])('takes a person in with %j', (fields) => {
		expect(scope(fields)).toEqual({ inScope: true });
	});

	it('leaves out whom it cannot tell about', () => {
		const unread = 'It could not be read who is assigned.';

		expect(scope({ isAssigned: true, unread })).toEqual({ inScope: false, scopeNote: unread });
		expect(inScope({}, { attribute: 'groups', values: ['SRE'] })).toEqual({
			inScope: false,
			scopeNote: 'The scope goes by groups, which could not be read.',
		});
	});

	it.each([
		[{ isAssigned: false, app: 'Notion in Okta' }, 'Not assigned to Notion in Okta.'],
		[
			{ attribute: 'department', values: ['Sales', 'Fin*'] },
			'Out of scope: department is "Engineering", and Settings want Sales or Fin*.',
		],
		[
			{ attribute: 'title', values: ['CEO'] },
			'Out of scope: title is not given, and Settings want CEO.',
		],
		[
			{ attribute: 'groups', values: ['Board'] },
			'Out of scope: groups is "SRE, Platform", and Settings want Board.',
		],
	])('leaves a person out with %j, and says why', (fields, scopeNote) => {
		expect(scope(fields)).toEqual({ inScope: false, scopeNote });
	});

	it('is read from an array or a text', () => {
		expect(settingsList([' a ', '', 'b'])).toEqual(['a', 'b']);
		expect(settingsList('a, b,,')).toEqual(['a', 'b']);
		expect(settingsList('')).toEqual([]);
		expect(settingsList(undefined)).toEqual([]);
	});
});

describe('a person', () => {
	it('has no empty values, and the addresses beside the first one once each', () => {
		expect(
			person({
				source: 'okta',
				sourceId: 7,
				active: false,
				email: 'Ada@example.com',
				secondaryEmails: ['ada@EXAMPLE.com', 'ada@home.example', 'ADA@home.example', ''],
				givenName: ' Zoë ',
				title: '',
				department: null,
				division: undefined,
				groups: [],
			}),
		).toEqual({
			source: 'okta',
			sourceId: '7',
			active: false,
			email: 'Ada@example.com',
			secondaryEmails: 'ADA@home.example',
			givenName: 'Zoë',
			groups: [],
		});
	});

	it('has an address once, however its domain is written', () => {
		const email = 'ada@bücher.example';
		const secondaryEmails = ['Ada@xn--bcher-kva.example', 'ada@BÜCHER.example'];

		expect(person({ sourceId: '1', email, secondaryEmails })).toEqual({ sourceId: '1', email });
	});

	it('has no addresses where there are none', () => {
		expect(person({ sourceId: '1' })).toEqual({ sourceId: '1' });
	});
});

describe('the answer of a directory source', () => {
	const reading = {
		pages: 3,
		complete: true,
		groupsComplete: true,
		attributesRead: ['email'],
	};
	const ada = { source: 'okta', sourceId: '1' };
	const bob = { source: 'okta', sourceId: '2' };
	const manifest = {
		manifest: true,
		source: 'okta',
		readAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
		...reading,
	};

	it('ends with the manifest', () => {
		expect(directoryAnswer('okta', [ada, bob], { ...reading, total: 2 })).toEqual([
			{ json: ada },
			{ json: bob },
			{ json: { ...manifest, count: 2 } },
		]);
	});

	it.each([
		['a person comes twice', [ada, bob, ada], {}, 2, /came twice/],
		['the total is another', [ada, bob], { total: 3 }, 2, /there are 3 people, and 2 came/],
		['no one comes where there is a person', [], { total: 1 }, 0, /1 people, and 0 came/],
		['no one comes', [], {}, 0, /^The directory lists no one\.$/],
		['no one is in scope', [{ ...ada, inScope: false }, { ...bob, inScope: false }], {}, 2, /No one is active and in scope/],
		['everyone in scope has left', [{ ...ada, inScope: false }, { ...bob, active: false }], {}, 2, /No one is active/],
	])('is not complete where %s', (_case, persons, more, count, explanation) => {
		const items = directoryAnswer('okta', persons, { ...reading, ...more });

		expect(items).toHaveProperty('length', count + 1);
		expect(items).toHaveProperty([count], {
			json: { ...manifest, count, complete: false, explanation: expect.stringMatching(explanation) },
		});
	});

	it('says the first of many reasons', () => {
		const reasons = Array.from({ length: 1_000 }, (_, index) => `Group ${index} is hidden.`);

		expect(directoryAnswer('okta', [ada], { ...reading, groupsComplete: false, reasons })).toHaveProperty(
			[1, 'json', 'explanation'],
			`${reasons.slice(0, 10).join(' ')} And 990 more.`,
		);
	});

	it('says each reason once', () => {
		expect(
			directoryAnswer('okta', [], {
				...reading,
				complete: false,
				groupsComplete: false,
				reasons: ['It rains.', 'It pours.', 'It rains.'],
			}),
		).toEqual([
			{
				json: {
					...manifest,
					count: 0,
					complete: false,
					groupsComplete: false,
					explanation: 'It rains. It pours.',
				},
			},
		]);
	});
});
