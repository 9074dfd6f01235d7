import { receive } from '../../../hris-trigger/lib/reception';
import { providerNamed, providers } from '../../../hris-trigger/lib/providers';
import { delivery, KEY, samples } from './samples.mts';

const settings = { timeZone: 'Europe/Berlin', includeRaw: false };

function received(name: string, body: string, secret = KEY) {
	const provider = providerNamed(name);
	if (provider === undefined) throw new Error(`There is no scheme ${name}`);
	return receive(delivery([], body), { provider, secret }, settings, 0);
}

describe('what a system sends while it is being connected', () => {
	it.each(['Ping test', ' Ping test\n', '{"text":"Ping test"}', '{ "text": "Ping test" }'])(
		'HiBob pings with %j, before there is a signature or a secret',
		(body) => {
			expect(received('hibob', body)).toEqual({ type: 'ping' });
			expect(received('hibob', body, '')).toEqual({ type: 'ping' });
		},
	);

	it.each([
		'ping test',
		'Ping test!',
		'{"text":"Ping test","type":"employee.left"}',
		'{"text":"Ping test"}{}',
		'"Ping test',
		'',
	])('HiBob does not ping with %j', (body) => {
		expect(received('hibob', body)).toMatchObject({ type: 'refused', status: 401 });
	});

	it('Gusto brings its verification token before there is a secret', () => {
		const body = '{"verification_token":"made-up-token"}';
		const expected = { type: 'verificationToken', token: 'made-up-token' };
		expect(received('gusto', body, '')).toEqual(expected);
	});

	it('Gusto\'s handshake shows no one a token once there is a secret', () => {
		expect(received('gusto', '{"verification_token":"x"}')).toEqual({ type: 'ping' });
	});

	it.each([
		'{"verification_token":"x","event_type":"employee.created"}',
		'{"verification_token":""}',
		'{"verification_token":{"a":1}}',
		'["verification_token"]',
		`{"verification_token":"${'x'.repeat(5_000)}"}`,
	])('Gusto\'s handshake is not %s', (body) => {
		expect(received('gusto', body)).toMatchObject({ type: 'refused', status: 401 });
	});

	it.each(providers.map(({ name }) => name).filter((name) => name !== 'hibob' && name !== 'gusto'))(
		'%s has none',
		(name) => {
			const secret = samples[name]?.secret ?? '';
			for (const body of ['Ping test', '{"text":"Ping test"}', '{"verification_token":"x"}']) {
				expect(received(name, body, secret)).toMatchObject({ type: 'refused', status: 401 });
			}
		},
	);
});
