import { failureOf, onlyItem, setUpNotion } from '../support/notionTest.mts';

describe('the base URL', () => {
	const notion = setUpNotion();
	const configuration = async (baseUrl: string) =>
		await notion.run('workspace.getConfiguration', { credential: { baseUrl } });

	test.each(['%s', '%s/', ' %s// '])('works as "%s", here with plain http', async (form) => {
		const baseUrl = form.replace('%s', notion.sandbox.scimUrl);

		expect(onlyItem(await configuration(baseUrl))).toMatchObject({ memberCount: 7 });
		expect(notion.sandbox.requests.all()[0]?.path).toBe('/scim/v2/Users');
	});

	test.each([
		'http://api.notion.com/scim/v2',
		'http://10.0.0.7/scim/v2',
		'http://[2001:db8::1]/scim/v2',
		'http://[::ffff:8.8.8.8]/scim/v2',
		'http://127.0.0.1.evil.example/scim/v2',
		'HTTP://NOTION.EXAMPLE/scim/v2',
	])('is refused where the token would travel in clear: %s', async (baseUrl) => {
		const failure = failureOf(await configuration(baseUrl));

		expect(failure.message).toBe(
			'The Base URL begins with http, which would send the token unencrypted.',
		);
		expect(failure.description).toContain('Use https.');
	});

	test.each([
		'',
		'api.notion.com/scim/v2',
		'ftp://api.notion.com/scim/v2',
		'file:///etc/passwd',
		'https://',
	])('is refused where it is no web address: "%s"', async (baseUrl) => {
		const failure = failureOf(await configuration(baseUrl));

		expect(failure.message).toBe('The Base URL of the credential is not a web address.');
		expect(failure.description).toBe('Notion\'s is https://api.notion.com/scim/v2.');
	});

	test.each([
		['a query', '?version=2'],
		['a query that is empty', '?'],
		['a fragment', '#users'],
	])('is refused with %s', async (_what, end) => {
		const failure = failureOf(await configuration(notion.sandbox.scimUrl + end));

		expect(failure.message).toBe(
			'The Base URL of the credential has more in it than an address: a query, a fragment or a user name.',
		);
		expect(failure.description).toBe('Notion\'s is https://api.notion.com/scim/v2.');
		expect(notion.sandbox.requests.all()).toEqual([]);
	});

	test('is refused with a user name and a password, which are not repeated', async () => {
		const failure = failureOf(
			await configuration(notion.sandbox.scimUrl.replace('http://', 'http://admin:hunter2@')),
		);

		expect(failure.message).toContain('more in it than an address');
		expect(JSON.stringify(failure)).not.toContain('hunter2');
	});

	test('that leads elsewhere is said to do so', async () => {
		const failure = failureOf(await configuration(`${notion.sandbox.url}/nothing`));

		expect(failure.message).toContain('There is no SCIM API at the Base URL of the credential');
		expect(failure.description).toContain('Base URL');
	});
});
