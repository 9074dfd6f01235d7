import { addressesOf } from '../../../setup/src/run/addresses.mts';
import { resultOf } from '../../../setup/src/run/testHire.mts';
import { afterwards, everyJob, wantedFor } from './setupWorld.mts';

const { workflows } = afterwards(wantedFor(everyJob));

const urls = (what: string) =>
	workflows.flatMap((one) => addressesOf(one, 'https://n8n.example.com')).filter((address) => address.what === what).map(({ url }) => url);

describe('the addresses', () => {
	it('for the HRIS are those of the triggers', () => {
		expect(urls('events')).toEqual(Array.from({ length: 4 }, () => 'https://n8n.example.com/webhook/webhook HrisEvents/hris'));
	});

	it('for people are the forms, and the pages behind a password', () => {
		expect(urls('form')).toContain('https://n8n.example.com/form/notion-alerts');
		expect(urls('page').sort()).toEqual(['https://n8n.example.com/webhook/notion-directory-sync-status', 'https://n8n.example.com/webhook/notion-license-report']);
	});

	it('leave out a trigger that is switched off', () => {
		const [one] = workflows.filter(({ name }) => name === 'Notion SCIM: onboarding').map((workflow) => ({ ...workflow, nodes: workflow.nodes.map((node) => ({ ...node, disabled: true })) }));
		expect(one && addressesOf(one, '')).toEqual([]);
	});
});

describe('what came of a test hire', () => {
	it.each([
		[{ id: 1, state: 'needsPerson', reason: 'No such employee.' }, true, 'No one has the number 99, and the journal says so: No such employee.'],
		[{ id: 1, state: 'retry', reason: 'The HRIS did not answer.' }, false, 'ended as retry: The HRIS did not answer.'],
		[undefined, false, 'no row of notion_scim_changes tells of it'],
	])('of the row %j is said', (row, arrived, text) => {
		const result = resultOf(row, '99');
		expect(result.arrived).toBe(arrived);
		expect(result.text).toContain(text);
	});
});
