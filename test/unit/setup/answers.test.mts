import { answersFrom, everyJob, given } from './setupWorld.mts';

describe('the answers', () => {
	it('take an address as it stands in the browser', () => {
		const urls = ['https://n8n.example.com', 'https://n8n.example.com/', 'https://n8n.example.com/home/workflows', 'https://n8n.example.com/api/v1/'];
		for (const n8nUrl of urls) expect(answersFrom({ ...given, n8nUrl }).n8nUrl).toBe('https://n8n.example.com');
		expect(answersFrom({ ...given, n8nUrl: 'http://localhost:5678/n8n' }).n8nUrl).toBe('http://localhost:5678/n8n');
	});

	it('let the HRIS sign its own events unless the admin says otherwise', () => {
		expect(answersFrom(given).provider).toBe('bamboohr');
		expect(answersFrom({ ...given, provider: 'webhook' }).provider).toBe('webhook');
		expect(answersFrom({ ...given, jobs: ['emergency'], hris: undefined, fields: {} }).provider).toBeUndefined();
	});

	it.each([
		[{ n8nUrl: 'n8n.example.com' }, '--n8n is not an address. Use the one that you open n8n with'],
		[{ zone: 'Mars/Olympus' }, '--zone is not a time zone. Use an IANA name such as Europe/Berlin'],
		[{ mailTo: 'it' }, '--mail-to is not an email address'],
		[{ smtpHost: undefined }, '--smtp-host is missing.'],
		[{ jobs: ['onbording'] }, '--jobs is no job. Known: onboarding, offboarding'],
		[{ hris: undefined }, '--hris is missing. Known: bamboohr, deel, hibob, personio.'],
		[{ hris: 'workday' }, '--hris workday is not known. Known: bamboohr'],
		[{ provider: 'workday' }, '--provider workday is not known. Known: bamboohr'],
		[{ fields: {} }, '--set hris.company=… is missing.'],
		[{ lockOut: true }, '--lock-out needs --directory entra, okta or google-workspace.'],
	])('refuse %j in a sentence', (wrong, sentence) => {
		expect(() => answersFrom({ ...given, ...wrong })).toThrow(sentence);
	});

	it('need a directory only for jobs of the whole directory', () => {
		expect(() => answersFrom({ ...everyJob, directory: undefined })).toThrow('--directory is missing.');
		expect(answersFrom(given).directory).toBeUndefined();
	});
});
