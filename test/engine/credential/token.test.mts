import type { IDataObject } from 'n8n-workflow';

import type { FaultRule } from '../../../sandbox/server.mts';
import type { NodeRun } from '../runner/engine.mts';
import { byEmail, failureOf, onlyItem, setUpNotion } from '../support/notionTest.mts';

describe('the token', () => {
	const notion = setUpNotion();
	const update = async (options: { credential?: IDataObject; onError?: 'continueErrorOutput' } = {}) =>
		await notion.run('user.update', {
			parameters: { user: byEmail('ada@example.com'), updateFields: { title: 'New' } },
			...options,
		});

	/** Everything of a run that n8n could show, store or hand on, errors with all that hangs on them. */
	const everything = (run: NodeRun): string => {
		const seen = new Set<unknown>();
		const texts: string[] = [];
		const collect = (value: unknown): void => {
			if (typeof value === 'string') texts.push(value);
			if (typeof value !== 'object' || value === null || seen.has(value)) return;
			seen.add(value);
			for (const key of Reflect.ownKeys(value)) {
				texts.push(String(key));
				collect(Reflect.get(value, key));
			}
		};
		collect(run);
		return `${texts.join('\n')}\n${JSON.stringify(run)}`;
	};

	const echo = (status: number, contentType: string): FaultRule => ({
		fault: {
			status,
			body: `Debugging proxy got: authorization: Bearer ${notion.token}; again ${notion.token}`,
			headers: { 'content-type': contentType },
		},
	});

	test.each([400, 403, 404, 409, 500, 302, 200].flatMap((status) => [
		[status, 'text/plain'],
		[status, 'text/html'],
	] as const))('is in no error where the server echoes it (status %s, %s)', async (status, type) => {
		notion.sandbox.faults.add({ method: 'PATCH', ...echo(status, type) });

		// A conflict is repeated for some seconds, so both run at a time.
		for (const run of await Promise.all([update(), update({ onError: 'continueErrorOutput' })])) {
			expect(everything(run)).toContain('ada@example.com');
			expect(everything(run)).not.toContain(notion.token);
		}
	}, 30_000);

	test('is in no error where the server echoes it as JSON', async () => {
		const detail = `Cannot use Bearer ${notion.token} (${notion.token})`;
		for (const body of [{ detail }, { message: detail }, { detail: { detail } }, [detail]]) {
			notion.sandbox.faults.clear();
			notion.sandbox.faults.add({ method: 'PATCH', fault: { status: 400, body } });

			const run = await update();
			expect(failureOf(run).message).toContain('Notion did not accept the request.');
			expect(everything(run)).not.toContain(notion.token);
		}
	});

	test('is in no error where it is rejected', async () => {
		notion.sandbox.workspace.revokeToken(notion.token);

		expect(everything(await update())).not.toContain(notion.token);
	});

	test('is in no item', async () => {
		const run = await notion.run('workspace.getConfiguration');

		expect(run.status).toBe('success');
		expect(everything(run)).not.toContain(notion.token);
	});

	test('is in no error where the request was canceled', async () => {
		notion.sandbox.faults.add({ method: 'PATCH', fault: { delayMs: 100 } });
		const stop = new AbortController();
		const look = () => {
			if (notion.sandbox.faults.all()[0]?.seen === 1) stop.abort();
			else setImmediate(look);
		};
		look();

		const run = await notion.run('user.update', {
			parameters: { user: byEmail('ada@example.com'), updateFields: { title: 'New' } },
			cancelSignal: stop.signal,
		});
		expect(run.status).toBe('canceled');
		expect(everything(run)).not.toContain(notion.token);
	});

	test.each([' %s', '%s\n', '\t%s \r\n'])('works with white space around it (%j)', async (form) => {
		const run = await update({ credential: { token: form.replace('%s', notion.token) } });

		expect(onlyItem(run)).toMatchObject({ outcome: 'updated' });
	});

	test.each([
		['', 'The credential has no SCIM token.'],
		['   ', 'The credential has no SCIM token.'],
		['first half\nsecond half', 'The SCIM token has white space in it.'],
	])('is refused as %j, and not repeated in the error', async (token, message) => {
		const failure = failureOf(await update({ credential: { token } }));

		expect(failure.message).toBe(message);
		expect(failure.description).toBe(
			'Paste the complete token into the credential again, without line breaks.',
		);
		expect(notion.sandbox.requests.all()).toEqual([]);
	});

	test('goes nowhere when the server redirects', async () => {
		notion.sandbox.faults.add({
			fault: { status: 307, headers: { location: `${notion.sandbox.scimUrl}/Groups` } },
		});

		const failure = failureOf(await update());
		expect(failure.message).toContain('redirect (status 307), which is not followed');
		expect(notion.sandbox.requests.count({ path: /Groups/ })).toBe(0);
	});
});
