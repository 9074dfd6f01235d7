import { problemOfAnswer, problemOfFailure } from '../../../lib/scim/connectionTest.ts';
import { scimConnectionTest } from '../../../lib/scim/scimConnectionTest.ts';

const LIST = '{"totalResults":1,"Resources":[]}';

const answered = (status: number, body = '', contentType = 'application/json') =>
	problemOfAnswer({ status, headers: { 'content-type': contentType }, body }, scimConnectionTest);

describe('the test of a credential', () => {
	it('is passed by a list, and by nothing else', () => {
		expect(answered(200, LIST)).toBeUndefined();
		for (const body of ['', '{}', '[]', '{"totalResults":"many"}', '<html></html>', '{"totalRes']) {
			expect(answered(200, body)).toMatch(/^Something answers at this Base URL, but it is not the SCIM API\./);
		}
	});

	it.each([
		[301, /leads on to another address/],
		[401, /^Notion rejected the token/],
		[403, /does not allow this token to use SCIM/],
		[404, /^There is no SCIM API at this Base URL\. Notion's is https:/],
		[407, /^The proxy between n8n and Notion wants a sign-in/],
		[418, /^The server refused the test with status 418\. Check the Base URL/],
		[429, /slow down/],
		[529, /slow down/],
		[500, /^Notion failed with status 500/],
	])('says for status %i what to do', (status, words) => {
		expect(answered(status)).toMatch(words);
	});

	it.each([
		['ECONNREFUSED', /^Nothing answers at localhost:8080: the connection was refused/],
		['ENOTFOUND', /^n8n cannot find a server with the name localhost /],
		['EAI_AGAIN', /^n8n cannot find a server with the name localhost /],
		['ETIMEDOUT', /^localhost:8080 did not answer in time/],
		['ECONNABORTED', /^localhost:8080 did not answer in time/],
		['ECONNRESET', /^localhost:8080 cut the connection/],
		['SELF_SIGNED_CERT_IN_CHAIN', /does not trust the certificate/],
		['ERR_TLS_CERT_ALTNAME_INVALID', /does not trust the certificate/],
		['EPROTO', /does not trust the certificate/],
		['EWHATEVER', /^n8n could not reach localhost:8080 \(EWHATEVER\)/],
		['', /^n8n could not reach localhost:8080\./],
	])('says for %p what to check, in sentences', (code, words) => {
		const problem = problemOfFailure(code, { baseUrl: 'http://localhost:8080/scim/v2', token: 'secret' }, scimConnectionTest);
		expect(problem).toMatch(words);
		expect(problem).toContain("Check the Base URL. Notion's is https://api.notion.com/scim/v2.");
		expect(problem).not.toContain('secret');
	});

	it('blames the network where the address is Notion\'s own', () => {
		const { usualUrl: baseUrl } = scimConnectionTest;

		expect(problemOfFailure('ECONNREFUSED', { baseUrl, token: 't' }, scimConnectionTest)).toContain('Check the network of the n8n server.');
	});
});
