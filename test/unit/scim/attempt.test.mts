import fc from 'fast-check';

import { classify, retryAfter } from '../../../lib/scim/attempt.ts';
import { failure } from '../../../lib/scim/failures.ts';
import { withoutSecrets } from '../../../lib/scim/scimError.ts';
import { resourcePath } from '../../../lib/scim/transport.ts';

const NOW = Date.parse('Wed, 21 Oct 2026 07:28:00 GMT');
const answer = (status: number, body = '', headers: Record<string, string> = {}) =>
	classify({ status, body, headers }, NOW);

describe('classify', () => {
	it.each([
		[200, '{"id":"1"}', 'success'],
		[201, '{"id":"1"}', 'success'],
		[204, '', 'success'],
		[200, ' \n', 'success'],
		[200, '{"id":"1', 'doubtful'],
		[200, 'OK', 'doubtful'],
		[301, '', 'refused'],
		[400, '{}', 'refused'],
		[401, '{}', 'refused'],
		[403, '{}', 'refused'],
		[404, '{}', 'refused'],
		[405, '{}', 'refused'],
		[408, '', 'unclear'],
		[409, '{}', 'conflict'],
		[410, '{}', 'refused'],
		[412, '{}', 'refused'],
		[413, '{}', 'refused'],
		[422, '{}', 'refused'],
		[425, '', 'notDone'],
		[428, '{}', 'refused'],
		[429, '', 'notDone'],
		[431, '', 'refused'],
		[500, '', 'failed'],
		[501, '', 'refused'],
		[502, '', 'unclear'],
		[503, '', 'unclear'],
		[504, '', 'unclear'],
		[520, '', 'doubtful'],
		[522, '', 'doubtful'],
		[529, '', 'unclear'],
		[530, '', 'doubtful'],
	])('%i with "%s" is %s', (status, body, kind) => {
		expect(answer(status, body).kind).toBe(kind);
	});

	it.each([
		['{"schemas":[],"status":"409","scimType":"uniqueness","detail":"Taken"}', true],
		['{"object":"error","code":"conflict_error","message":"Please try again."}', false],
		['{"status":"409","scimType":"invalidValue"}', false],
		['Conflict', false],
		['null', false],
		['', false],
	])('of a 409 with "%s" it says whether the value is taken', (body, isDuplicate) => {
		expect(answer(409, body)).toMatchObject({ kind: 'conflict', isDuplicate });
	});

	it('takes a 503 with Retry-After for a promise that nothing was done', () => {
		expect(answer(503, '', { 'retry-after': '7' })).toMatchObject({ kind: 'notDone', pause: 7_000 });
	});

	it.each([
		['by its type', { 'content-type': 'text/html; charset=utf-8' }, 'Please sign in'],
		['by its first character', {}, ' <!doctype html><title>Sign in</title>'],
	])('knows a web page with status 200 %s', (_, headers, body) => {
		expect(answer(200, body, headers)).toMatchObject({ kind: 'failed', webPage: true });
	});

	it('believes JSON whatever its type is called', () => {
		expect(answer(200, '{"id":"1"}', { 'content-type': 'text/html' })).toEqual({
			kind: 'success',
			status: 200,
			body: { id: '1' },
		});
	});

	it.each([
		['{"detail":"Taken","message":"no"}', 'Taken'],
		['{"object":"error","code":"x","message":"Not allowed"}', 'Not allowed'],
		['Plain words', 'Plain words'],
		['<html>words</html>', ''],
		['', ''],
		['{"status":400}', '{"status":400}'],
	])('of %s it says "%s"', (body, detail) => {
		expect(answer(400, body)).toMatchObject({ detail });
	});
});

describe('retryAfter', () => {
	it.each([
		['7', 7_000],
		[' 0 ', 0],
		['Wed, 21 Oct 2026 07:28:30 GMT', 30_000],
		['Wed, 21 Oct 2026 07:27:00 GMT', 0],
		[undefined, undefined],
		['', undefined],
		['soon', undefined],
		// A date parser would take these for days of the year 2001.
		['1.5', undefined],
		['-1', undefined],
		['120s', undefined],
	])('"%s" is %s ms', (header, pause) => {
		expect(retryAfter(header, NOW)).toBe(pause);
	});
});

describe('what a server said', () => {
	const token = fc.stringMatching(/^[A-Za-z0-9._~+/-]{12,40}$/);
	const anything = fc.string({ unit: 'grapheme', maxLength: 400 });
	const introduction = fc.constantFrom(
		'Authorization: Bearer ',
		'authorization: bearer  ',
		'"Authorization":"Bearer ',
		'Bearer\n',
		'Bearer: ',
		'Bearer "',
		'BEARER%20',
		'{\\"authorization\\":\\"Bearer ',
	);

	it('never shows a bearer token, wherever it stands', () => {
		fc.assert(
			fc.property(anything, introduction, token, anything, (before, words, secret, after) => {
				fc.pre(!`${before}${after}`.includes(secret));
				const echo = `${before} ${words}${secret} ${after}`;
				const request = { method: 'GET' as const, path: '/Users' };
				for (const status of [200, 302, 400, 401, 403, 404, 409, 418, 429, 500, 502, 529]) {
					for (const body of [echo, JSON.stringify({ detail: echo }), JSON.stringify({ echo })]) {
						const attempt = answer(status, body);
						if (attempt.kind === 'success') continue;
						const { message, remedy, detail = '' } = failure(request, attempt);
						expect(`${message} ${remedy} ${detail}`).not.toContain(secret);
					}
				}
			}),
			{ numRuns: 300 },
		);
	});

	it("hides Notion's token forms without any introduction", () => {
		expect(withoutSecrets(`Got ${'ntn'}_${'1a2b3c4d5e'} and ${'secret'}_${'Q7w8E9'}`)).toBe(
			'Got (hidden) and (hidden)',
		);
	});

	it('is one line of at most 300 characters', () => {
		expect(withoutSecrets(' a\n\t b  c ')).toBe('a b c');
		expect(withoutSecrets('x'.repeat(301))).toBe(`${'x'.repeat(300)}…`);
	});
});

describe('failure', () => {
	const read = { method: 'GET' as const, path: '/Users/1' };
	const answered = (status: number, body = '{"detail":"words"}', headers: Record<string, string> = {}) => {
		const attempt = answer(status, body, headers);
		if (attempt.kind === 'success') throw new Error('This is no failure');
		return attempt;
	};
	const page = { 'content-type': 'text/html' };

	it.each([
		[302, 'unexpectedAnswer'],
		[400, 'refused'],
		[401, 'tokenRejected'],
		[403, 'refused'],
		[404, 'notFound'],
		[402, 'refused'],
		[405, 'refused'],
		[407, 'unexpectedAnswer'],
		[408, 'serverError'],
		[409, 'conflict'],
		[410, 'notFound'],
		[412, 'refused'],
		[413, 'refused'],
		[418, 'refused'],
		[422, 'refused'],
		[425, 'serverError'],
		[429, 'rateLimited'],
		[500, 'serverError'],
		[501, 'refused'],
		[503, 'serverError'],
		[522, 'serverError'],
		[529, 'rateLimited'],
	])('status %s is %s, with a sentence and a way out', (status, kind) => {
		const error = failure(read, answered(status));
		expect(error.kind).toBe(kind);
		expect(error.status).toBe(status);
		expect(error.remedy).toMatch(/^[A-Z].{20,}\.$/);
	});

	it('without an answer is about the network', () => {
		const error = failure(read, { kind: 'unclear', status: undefined, detail: 'socket hang up' });
		expect(error).toMatchObject({ kind: 'network', message: 'Notion could not be reached: socket hang up' });
	});

	it('an answer that was cut off is unexpectedAnswer', () => {
		expect(failure(read, answered(200, '{"id":"1')).kind).toBe('unexpectedAnswer');
	});

	it('a 409 that says that the value is taken is alreadyExists', () => {
		const taken = answered(409, '{"scimType":"uniqueness","detail":"Taken"}');
		expect(failure(read, taken)).toMatchObject({ kind: 'alreadyExists', detail: 'Taken' });
	});

	it('advises no operation of the node, which may be the one that is in use', () => {
		for (const method of ['GET', 'POST', 'PATCH', 'DELETE'] as const) {
			for (let status = 300; status < 600; status += 1) {
				const { message, remedy } = failure({ method, path: '/Groups/1' }, answered(status));
				expect(`${message} ${remedy}`).not.toMatch(/Create or Update|Set Members|Get Many|Lock Down|Rename/);
			}
		}
	});

	it.each([
		[200, 'unexpectedAnswer'],
		[404, 'unexpectedAnswer'],
		[403, 'unexpectedAnswer'],
		[429, 'rateLimited'],
		[502, 'serverError'],
		[503, 'serverError'],
	])('a web page with status %i is %s', (status, kind) => {
		expect(failure(read, answered(status, '<h1>Sorry</h1>', page)).kind).toBe(kind);
	});

	it.each([
		['DELETE', '/Groups/1', /full access/],
		['DELETE', '/Users/1', /owner/],
		['PATCH', '/Users/1', /verified/],
		['POST', '/Users', /by hand/],
	] as const)('says of a forbidden %s %s what may be the reason', (method, path, words) => {
		expect(failure({ method, path }, answered(403)).remedy).toMatch(words);
	});
});

describe('resourcePath', () => {
	it('encodes what would lead elsewhere', () => {
		expect(resourcePath('Users', 'a/b?c#d%')).toBe('/Users/a%2Fb%3Fc%23d%25');
	});

	it.each(['', '.', '..', '\ud800'])('refuses "%s"', (id) => {
		expect(() => resourcePath('Users', id)).toThrow(
			expect.objectContaining({ kind: 'invalidInput' }),
		);
	});

	it('leads to no other path, whatever the id is', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (id) => {
				let path: string;
				try {
					path = resourcePath('Users', id);
				} catch {
					return;
				}
				const { pathname, search } = new URL(`http://127.0.0.1/scim/v2${path}`);
				expect(search).toBe('');
				expect(pathname.split('/').slice(0, -1)).toEqual(['', 'scim', 'v2', 'Users']);
				expect(decodeURIComponent(pathname.split('/').at(-1) ?? '')).toBe(id);
			}),
		);
	});
});
