import { jsons, setUpNotion } from '../support/notionTest.mts';

const notion = setUpNotion();

const event = {
	event: 'roleRaised', eventId: 'e1', detectedAt: new Date().toISOString(), id: 'x', email: 'eve@example.com', before: { role: 'member' }, after: { role: 'owner' },
};

test('gives the lockdown that waits at the first output and the alert at the second, and asks Notion nothing', async () => {
	const run = await notion.run('lifecycle.outOfBand', {
		parameters: { events: JSON.stringify([event]), journalRows: '[]', directoryRows: '[]', confirmWithinHours: 2 },
	});

	expect(jsons(run)).toMatchObject([{ kind: 'emergency', state: 'held', email: 'eve@example.com' }]);
	expect(jsons(run, 1)).toMatchObject([{ key: 'out-of-band-alert: eve@example.com', note: false }]);
	expect(notion.sandbox.requests.count()).toBe(0);
});
