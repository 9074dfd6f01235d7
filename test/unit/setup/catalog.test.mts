import { readdirSync } from 'node:fs';

import { sourceChoices } from '../../../setup/src/assets.mts';
import { calleeOf } from '../../../setup/src/catalog/calls.mts';
import { jobNames, jobs } from '../../../setup/src/catalog/jobs.mts';
import { sources } from '../../../setup/src/catalog/sources.mts';
import { assets, everyJob, wantedFor } from './setupWorld.mts';

/** Workflows that no job of the set-up command makes. */
const BY_HAND = ['ai-helpdesk', 'data-tables', 'first-hire', 'lock-out-of-entra', 'lock-out-of-google'];

describe('the choices', () => {
	it('are the sources of workflows/sources, each with its details', () => {
		const folders = readdirSync('workflows/sources').filter((folder) => folder !== 'shared').sort();
		expect(sourceChoices(assets).map(({ folder }) => folder).sort()).toEqual(folders);
		expect(Object.keys(sources).sort()).toEqual(folders);
	});

	it('say which sources are an HRIS and which a directory', () => {
		const choices = sourceChoices(assets);
		expect(choices.filter(({ isHris }) => isHris).map(({ title }) => title)).toEqual(expect.arrayContaining(['BambooHR', 'Deel', 'HiBob', 'Personio']));
		expect(choices.filter(({ isDirectory }) => isDirectory).map(({ folder }) => folder)).toEqual(
			['bamboohr', 'entra', 'google-workspace', 'jumpcloud', 'list', 'okta', 'onelogin'],
		);
	});

	it('fill in settings that the source has', () => {
		for (const [folder, { questions, settings }] of Object.entries(sources)) {
			const answers = Object.fromEntries(Object.keys(questions).map((name) => [name, 'x']));
			const text = JSON.stringify(assets.workflows.get(`sources/${folder}`));
			for (const name of Object.keys(settings(answers))) expect(text).toContain(`"name":"${name}"`);
		}
	});

	it('make every workflow, but those that are imported by hand', () => {
		const made = wantedFor(everyJob).workflows.map(({ key }) => key);
		const all = [...assets.workflows.keys()].filter((key) => !key.startsWith('sources/'));
		expect(all.filter((key) => !made.includes(key) && key !== 'lock-out-of-okta').sort()).toEqual(BY_HAND);
		expect(jobNames.flatMap((name) => jobs[name].workflows).filter((key) => !assets.workflows.has(key))).toEqual([]);
	});

	it('have all seven tables, with their columns', () => {
		expect(assets.tables.map(({ name }) => name)).toHaveLength(7);
		expect(assets.tables.every(({ columns }) => columns.length > 1)).toBe(true);
	});
});

describe('what a node calls', () => {
	it('is known for every workflow, and is a workflow or a source', () => {
		const roles = ['hris', 'directory', 'everybody'];
		for (const [key, { nodes }] of assets.workflows) {
			for (const { name } of nodes.filter(({ type }) => type === 'n8n-nodes-base.executeWorkflow')) {
				const callee = calleeOf(key, name) ?? '';
				expect([key, name, roles.includes(callee) || assets.workflows.has(callee)]).toEqual([key, name, true]);
			}
		}
	});
});

describe('the credentials', () => {
	it('have IDs that n8n takes, each its own', () => {
		const ids = [...wantedFor(everyJob).credentials.values()].map(({ id }) => id);
		expect(ids.filter((id) => !/^[\w-]{1,16}$/.test(id))).toEqual([]);
		expect(new Set(ids).size).toBe(ids.length);
	});

	it('can be the admin\'s own, each of them', () => {
		for (const slot of wantedFor(everyJob).credentials.keys()) {
			expect(wantedFor({ ...everyJob, reuse: { [slot]: 'theirs' } }).credentials.get(slot)).toMatchObject({ id: 'theirs', isReused: true });
		}
		expect(() => wantedFor({ ...everyJob, reuse: { mail: 'theirs' } })).toThrow('--reuse mail is not known. Known: scim-full');
	});

	it('of another HRIS are other ones', () => {
		const idFor = (hris: string) =>
			wantedFor({ ...everyJob, hris, fields: { ...everyJob.fields, 'hris.user': 'u' } }).credentials.get('hris')?.id;
		expect(idFor('hibob')).not.toBe(idFor('bamboohr'));
	});
});
