import { providerNamed } from '../../../hris-trigger/lib/providers';

describe('a secret of a wrong form', () => {
	it.each([
		['bamboohr', '', 'has no secret'],
		['bamboohr', ' 0123456789abcdef', 'white space around it'],
		['bamboohr', '0123 456789abcdef', 'white space in it'],
		['bamboohr', '0123', 'fewer than 8 characters'],
		['hibob', '', 'has no secret'],
		['deel', 'a\tb\tc\td\te\tf', 'white space in it'],
		['gusto', 'tiny', 'fewer than 8 characters'],
		['merge', '', 'has no secret'],
		['personio', 'Bearer  0123456789abcdef', 'white space in it'],
		['personio', '0123456789', 'fewer than 16 characters'],
		['personio', '0123456789abcdéf0', 'is not allowed in a header'],
		['factorial', '2zal4e6d', 'fewer than 16 characters'],
		['headerToken', '0123456789abcdef\n', 'is not allowed in a header'],
		['finch', 'not base64 at all', 'white space in it'],
		['finch', 'this-is-not-base64-text', 'is not base64'],
		['finch', 'c2hvcnQ=', 'too short'],
		['standardWebhooks', 'dGVzdC1zZWNyZXQtMDEyMzQ1Njc4OQ==', 'begins with whsec_'],
		['standardWebhooks', 'whsec_', 'has no secret'],
		['standardWebhooks', 'whsec_dGVzdC1zZWNyZXQtMDEyMzQ1Njc4OQ=', 'is not base64'],
		['standardWebhooks', 'whsk_dGVzdC1zZWNyZXQtMDEyMzQ1Njc4OQ==', 'begins with whsec_'],
	])('%s: %j', (name, secret, sentence) => {
		const problem = providerNamed(name)?.problemOfSecret(secret);
		expect(problem).toContain(sentence);
		if (secret.length > 4) expect(problem).not.toContain(secret.trim());
	});

	it.each([
		['personio', 'Bearer 0123456789abcdef'],
		['finch', 'dGVzdC1zZWNyZXQtMDEyMzQ1Njc4OQ'],
	])('%s accepts %j', (name, secret) => {
		expect(providerNamed(name)?.problemOfSecret(secret)).toBeUndefined();
	});

	it('knows no scheme but its own', () => {
		expect(providerNamed('no such provider')).toBeUndefined();
		expect(providerNamed(undefined)).toBeUndefined();
	});
});
