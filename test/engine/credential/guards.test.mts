import { readFile } from 'node:fs/promises';

import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { NotionScimApi } from '../../../credentials/NotionScimApi.credentials.ts';
import { NotionScim } from '../../../nodes/NotionScim/NotionScim.node.ts';
import { directory, planning } from '../directory/planning.mts';
import { testCredential } from '../runner/testCredential.mts';
import type { NodeRun } from '../runner/engine.mts';
import { byEmail, failureOf, onlyItem, setUpNotion } from '../support/notionTest.mts';
import type { GuardForm } from './guardForms.mts';
import { DOMAIN_FORMS, EMAIL_FORMS, writtenAs } from './guardForms.mts';

const ADA = 'ada@example.com';

const isUnderstood = ({ understood }: GuardForm, field: 'one' | 'list'): boolean =>
	understood === 'everywhere' || (understood === 'lists' && field === 'list');

const named = (forms: readonly GuardForm[]): Array<[string, GuardForm]> =>
	forms.map((form) => [`${form.what} (${JSON.stringify(form.written)})`, form]);

describe('a guard of the credential, in each form that people write,', () => {
	const notion = setUpNotion();

	const remove = async (credential: IDataObject): Promise<NodeRun> =>
		await notion.run('user.remove', { parameters: { user: byEmail(ADA) }, credential });
	const press = async (entered: IDataObject) =>
		await testCredential(notion.engine, new NotionScimApi(), {
			token: notion.token,
			baseUrl: notion.sandbox.scimUrl,
			...entered,
		}, new NotionScim());

	/** The credential does nothing at all, and both the node and the test say which field is wrong. */
	const expectRefused = async (credential: IDataObject, label: string, run: NodeRun) => {
		const { message, description } = failureOf(run);
		expect(message).toMatch(new RegExp(`^${label} of the credential (has|is) `));
		expect(await press(credential)).toEqual({ status: 'Error', message: `${message} ${description}` });
		expect(notion.sandbox.requests.count()).toBe(0);
	};

	test.each(named(EMAIL_FORMS))('Protected Emails: %s', async (_name, form) => {
		const credential = { protectedEmails: writtenAs(form, ADA) };
		const run = await remove(credential);

		if (!isUnderstood(form, 'list')) return await expectRefused(credential, 'Protected Emails', run);
		expect(failureOf(run).message).toBe(
			`${ADA} is on the list of protected people of the credential. Nothing was written.`,
		);
		expect(notion.writes()).toEqual([]);
		expect(await press(credential)).toEqual({ status: 'OK' });
	});

	test.each(named(EMAIL_FORMS))('Token Creator Email: %s', async (_name, form) => {
		const credential = { tokenCreatorEmail: writtenAs(form, ADA) };
		const run = await remove(credential);

		if (!isUnderstood(form, 'one')) return await expectRefused(credential, 'Token Creator Email', run);
		expect(failureOf(run).message).toContain(`${ADA} created the SCIM token.`);
		expect(notion.writes()).toEqual([]);
		expect(await press(credential)).toEqual({ status: 'OK' });
	});

	test.each(named(DOMAIN_FORMS))('Owned Domains: %s', async (_name, form) => {
		const credential = { ownedDomains: writtenAs(form, 'example.com') };
		const roleOf = async (email: string) =>
			await notion.run('user.create', {
				parameters: { email, additionalFields: { role: 'member' } },
				credential,
			});
		const foreign = await roleOf('new@foreign.example');

		if (!isUnderstood(form, 'list')) return await expectRefused(credential, 'Owned Domains', foreign);
		expect(onlyItem(foreign)['role']).toBe('restricted_member');
		expect(onlyItem(await roleOf('new@example.com'))['role']).toBe('member');
		expect(await press(credential)).toEqual({ status: 'OK' });
	});

	test.each(named(EMAIL_FORMS))('Reinstatement Blocks of a plan: %s', async (_name, form) => {
		const people = directory([{ id: '1', email: 'new.ada@example.com', displayName: 'Ada' }]);
		const row = { email: writtenAs(form, 'new.ada@example.com'), why: 'Locked out.' };
		const plan = planning(notion)(people, { blocks: JSON.stringify([row]) });

		if (isUnderstood(form, 'one')) {
			expect((await plan).changes[0]?.['guard']).toBe('blocked: Locked out.');
		} else {
			await expect(plan).rejects.toThrow('Entry 0 of Reinstatement Blocks cannot be read: email is "');
			expect(notion.sandbox.requests.count()).toBe(0);
		}
	});

	test('Owned Domains: only with *. are subdomains meant', async () => {
		const roleWith = async (ownedDomains: string, email: string) =>
			onlyItem(
				await notion.run('user.create', {
					parameters: { email, additionalFields: { role: 'member' } },
					credential: { ownedDomains },
				}),
			)['role'];

		expect(await roleWith('example.com', 'one@eu.example.com')).toBe('restricted_member');
		expect(await roleWith('*.example.com', 'two@eu.example.com')).toBe('member');
		expect(await roleWith('*.example.com', 'three@notexample.com')).toBe('restricted_member');
	});

	const notText: Array<[string, IDataObject[string], string]> = [
		['an object', { email: ADA }, 'an object'],
		['a list', [ADA], 'a list'],
		['a number', 7, '7'],
		['a switch', true, 'true'],
	];
	test.each(
		[
			['protectedEmails', 'Protected Emails'],
			['tokenCreatorEmail', 'Token Creator Email'],
			['ownedDomains', 'Owned Domains'],
		].flatMap(([field = '', label = '']) =>
			notText.map(([what, value, shown]) => [label, what, field, value, shown] as const),
		),
	)('%s: %s, as an expression may give', async (label, _what, field, value, shown) => {
		const credential = { [field]: value };
		const run = await remove(credential);

		await expectRefused(credential, label, run);
		expect(failureOf(run).message).toBe(`${label} of the credential is ${shown} instead of text.`);
	});

	test('names every entry that is not understood, and shows what cannot be seen', async () => {
		const { message } = failureOf(
			await remove({ protectedEmails: `grace@example.com, bob; x@@y\n\u200b${ADA}` }),
		);

		expect(message).toBe(
			`Protected Emails of the credential has "bob", "x@@y" and "\\u200b${ADA}" in it, which are not email addresses of people.`,
		);
	});

	test('never shows a token that was pasted into the wrong field', async () => {
		const { message } = failureOf(await remove({ protectedEmails: notion.token }));

		expect(message).toBe('Protected Emails of the credential has "(hidden)" in it, which is not an email address of a person.');
	});

	test('Access: what is none of its choices', async () => {
		for (const access of ['all', 'Full', '', 'read-only', 7, { full: 'true' }]) {
			const run = await remove({ access });
			await expectRefused({ access }, 'Access', run);
			expect(failureOf(run).description).toContain('full (Full), noRemovals (No Removals), readOnly (Read Only)');
		}
	});

	test('Maximum Requests per Second: what is not a number from 0 on', async () => {
		for (const maxRequestsPerSecond of ['two', '2/s', '1e3', '1,5', '-1', -1, true, ['2']]) {
			const run = await remove({ maxRequestsPerSecond });
			await expectRefused({ maxRequestsPerSecond }, 'Maximum Requests per Second', run);
		}
	});

	test.each(['25', ' 25 ', 25])('Maximum Requests per Second: %j holds', async (maxRequestsPerSecond) => {
		const start = performance.now();
		for (let run = 0; run < 4; run += 1) {
			onlyItem(
				await notion.run('user.get', { parameters: { user: byEmail(ADA) }, credential: { maxRequestsPerSecond } }),
			);
		}
		const times = notion.sandbox.requests.all().map(({ time }) => time);

		expect(times.length).toBeGreaterThanOrEqual(4);
		// 25 a second are 40 ms apart; the clock of the log counts whole milliseconds.
		expect(performance.now() - start).toBeGreaterThan((times.length - 1) * 40 - 20);
	});

	test('whatever is put around an address, the person is protected or nothing is done', async () => {
		const around = fc.array(
			fc.constantFrom(
				...[...'"\'`<>()[]{}*=|,;:#~!?\\/ \n\t'], 'mailto:', 'smtp:', 'Ada ', 'Ada <',
				'\u00a0', '\u200b', '\ufeff', '\u201c', '\u2019', '\uff0c', '\u3001', 'grace@example.com, ',
			),
			{ maxLength: 4 },
		).map((parts) => parts.join(''));
		await fc.assert(
			fc.asyncProperty(around, around, fc.boolean(), async (before, after, isCapital) => {
				notion.renew();
				// A letter right behind the domain would make it another one.
				const end = /^[a-z]/i.test(after) ? ` ${after}` : after;
				const protectedEmails = `${before}${isCapital ? ADA.toUpperCase() : ADA}${end}`;
				// n8n takes what begins with it for an expression.
				fc.pre(!protectedEmails.startsWith('='));
				const { message } = failureOf(await remove({ protectedEmails }));

				const isRefused = message.startsWith('Protected Emails of the credential has ');
				expect(isRefused || message.includes('is on the list of protected people')).toBe(true);
				expect(notion.writes()).toEqual([]);
				if (isRefused) expect(notion.sandbox.requests.count()).toBe(0);
			}),
			{ numRuns: 150 },
		);
	});
});

describe('docs/credential.md', () => {
	const shown = (form: GuardForm, entry: string): string =>
		writtenAs(form, entry)
			.replace(/\r?\n/g, '⏎')
			.replace(/\t/g, '⇥')
			.replace(/[\u00a0\u00ad\u200b]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
	const code = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);
	const listed = (forms: readonly GuardForm[], entry: string, understood: GuardForm['understood']): string =>
		forms.filter((form) => form.understood === understood).map((form) => code(shown(form, entry))).join(' · ');

	// Where this fails, the lines that are expected go into the page.
	test('has the forms that the tests above find understood', async () => {
		const page = await readFile('docs/credential.md', 'utf8');

		const lines = page.split('\n').filter((line) => line.includes('` · `'));
		expect(lines).toEqual([
			`- **One address**: ${listed(EMAIL_FORMS, ADA, 'everywhere')}`,
			`- **Several addresses**, in *Protected Emails* only: ${listed(EMAIL_FORMS, ADA, 'lists')}`,
			`- **Domains**: ${listed(DOMAIN_FORMS, 'example.com', 'lists')}`,
		]);
	});
});
