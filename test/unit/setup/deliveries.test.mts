import { providers } from '../../../hris-trigger/lib/providers';
import { hireDelivery, knownSenders, unknownEmployee } from '../../../setup/src/run/deliveries.mts';
import { samples } from '../hris/samples.mts';

const NOW = 1_700_000_000_000;

describe('a test hire', () => {
	it('can be sent for every provider, and for the Webhook node', () => {
		expect([...knownSenders].sort()).toEqual([...providers.map(({ name }) => name), 'webhook'].sort());
	});

	it.each(providers.map((provider) => [provider.title, provider] as const))('is genuine for %s, and a hire', (_title, provider) => {
		const secret = samples[provider.name]?.secret ?? '';
		const employeeId = unknownEmployee(provider.name);
		const made = hireDelivery(provider.name, { employeeId, secret, now: NOW });
		const delivery = { rawHeaders: Object.entries(made?.headers ?? {}).flat(), body: Buffer.from(made?.body ?? '') };

		expect(provider.verify(delivery, secret, NOW)).toBe('genuine');
		expect(provider.eventsIn(JSON.parse(made?.body ?? ''), delivery)).toEqual([expect.objectContaining({ kind: 'hired', employeeId })]);
	});

	it('is not sent for a provider that is not known', () => {
		expect(hireDelivery('other', { employeeId: '1', secret: 's', now: NOW })).toBeUndefined();
	});
});
