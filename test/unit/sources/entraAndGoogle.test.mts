import { z } from 'zod';

import { firstRequestsOf } from './readWithoutHost.mts';
import { employmentStateOf as ofSource } from './sourceCode.mts';

const employmentStateSchema = z.object({
	active: z.boolean(),
	status: z.string(),
	statusWord: z.string().optional(),
	startAt: z.string().optional(),
	endDate: z.string().optional(),
	explanation: z.string().optional(),
});

/** employmentState() of a directory source, without n8n. */
function employmentStateOf(source: string) {
	const made = ofSource(source);
	return (...values: unknown[]) => employmentStateSchema.parse(made(...values));
}

describe('Microsoft Entra ID', () => {
	const employmentState = employmentStateOf('entra');
	const now = Date.parse('2026-02-01T09:00:00Z');
	const past = '2024-01-15T00:00:00Z';
	const future = '2026-02-02T00:00:00Z';

	it.each([
		['enabled', { accountEnabled: true }, 'active', 'enabled'],
		['disabled', { accountEnabled: false }, 'inactive', 'disabled'],
		['enabled and hired', { accountEnabled: true, employeeHireDate: past }, 'active', 'enabled'],
		['disabled and hired', { accountEnabled: false, employeeHireDate: past }, 'inactive', 'disabled'],
		[
			'made beforehand',
			{ accountEnabled: true, employeeHireDate: future },
			'notStarted',
			'enabled before hire',
		],
		[
			'made beforehand and not yet enabled',
			{ accountEnabled: false, employeeHireDate: future },
			'notStarted',
			'disabled before hire',
		],
		['of no one knows what', { accountEnabled: null }, 'unknown', undefined],
		['without a date that can be read', { accountEnabled: true, employeeHireDate: 'soon' }, 'active', 'enabled'],
	])('an account that is %s', (_case, user, status, statusWord) => {
		const found = employmentState(user, {}, now);

		expect(found).toMatchObject({ status, active: status !== 'inactive' });
		expect(found.statusWord).toBe(statusWord);
		expect(found.startAt).toBe(status === 'notStarted' ? '2026-02-02T00:00:00.000Z' : undefined);
	});

	it('knows a last day, and when it is long past', () => {
		const leaving = { accountEnabled: true, employeeLeaveDateTime: '2099-06-30T17:00:00Z' };
		const late = { accountEnabled: true, employeeLeaveDateTime: past };
		const gone = { accountEnabled: false, employeeLeaveDateTime: past };

		expect(employmentState(leaving, {})).toMatchObject({ status: 'active', endDate: '2099-06-30' });
		expect(employmentState(late, {})).toMatchObject({
			status: 'unknown',
			active: true,
			explanation: expect.stringContaining('although the last day was 2024-01-15'),
		});
		expect(employmentState(gone, {})).toMatchObject({ status: 'inactive', active: false });
	});

	it("takes the company's own words", () => {
		expect(employmentState({ accountEnabled: false }, { Disabled: 'suspended' })).toMatchObject({
			active: true,
			status: 'suspended',
			explanation: expect.stringContaining('Microsoft Entra ID says "disabled"'),
		});
		expect(() => employmentState({ accountEnabled: false }, { disabled: 'left' })).toThrow(/"left" in ownWords/);
	});
});

describe('Google Workspace', () => {
	const employmentState = employmentStateOf('google-workspace');

	it.each([
		['active', { suspended: false, archived: false }, 'active', 'active'],
		['suspended', { suspended: true, suspensionReason: 'ADMIN' }, 'suspended', 'suspended'],
		['suspended after a break-in', { suspended: true, suspensionReason: 'ABUSE' }, 'suspended', 'suspended'],
		['suspended for no reason given', { suspended: true }, 'suspended', 'suspended'],
		[
			'not yet signed in to',
			{ suspended: true, suspensionReason: 'WEB_LOGIN_REQUIRED' },
			'notStarted',
			'suspended (web login required)',
		],
		['archived', { suspended: false, archived: true }, 'inactive', 'archived'],
		['archived and suspended', { suspended: true, archived: true }, 'inactive', 'archived'],
		['of no one knows what', {}, 'unknown', undefined],
	])('an account that is %s', (_case, user, status, statusWord) => {
		const found = employmentState(user, {});

		expect(found).toMatchObject({ status, active: status !== 'inactive' });
		expect(found.statusWord).toBe(statusWord);
	});

	it("takes the company's own words, without making leavers of people who have yet to begin", () => {
		const leavers = { suspended: 'inactive' };

		expect(employmentState({ suspended: true }, leavers)).toMatchObject({ active: false, status: 'inactive' });
		expect(
			employmentState({ suspended: true, suspensionReason: 'WEB_LOGIN_REQUIRED' }, leavers),
		).toMatchObject({ active: true, status: 'notStarted' });
	});

	it('explains what a person must know, and nothing else', () => {
		expect(employmentState({ suspended: true }, {}).explanation).toContain('nothing is taken away');
		expect(employmentState({}, {}).explanation).toContain('A person must look');
		expect(
			employmentState({ suspended: true, suspensionReason: 'WEB_LOGIN_REQUIRED' }, {}).explanation,
		).toContain('when its owner first signs in');
		expect(employmentState({ suspended: false }, {}).explanation).toBeUndefined();
	});
});

const requestsSchema = z.array(z.object({ kind: z.string(), url: z.string() }));

/** What the first requests are with these Settings. @throws Error for wrong ones */
function requestsWith(source: string, changes: Record<string, unknown>) {
	return requestsSchema.parse(firstRequestsOf(source, changes));
}

describe.each([
	['entra', { graphUrl: 'https://graph.example.com' }, /"graphUrl" must be one of/],
	['entra', { graphUrl: 'https://graph.microsoft.com.example.com' }, /"graphUrl" must be one of/],
	['entra', { notionApp: 'Notion' }, /must be the Object ID of Notion/],
	['entra', { onlyAssignedGroups: true }, /"onlyAssignedGroups" needs "notionApp"/],
	['entra', { emailAttribute: '' }, /"emailAttribute" is no property/],
	['entra', { emailAttribute: 'mail&$filter=x' }, /"emailAttribute" is no property/],
	['entra', { ownAttributes: { title: 'a b' } }, /"a b" in "ownAttributes" is no property/],
	['google-workspace', { customer: 'example.com' }, /"customer" must be my_customer/],
	['google-workspace', { emailAttribute: '' }, /"emailAttribute" is no field/],
	['google-workspace', { ownAttributes: { title: '../x' } }, /"ownAttributes" is no field/],
])('%s with the settings %j', (source, changes, sentence) => {
	it('refuses', () => {
		expect(() => requestsWith(source, changes)).toThrow(sentence);
	});
});

describe('the first requests', () => {
	const urlsWith = (changes: Record<string, unknown>) =>
		Object.fromEntries(
			requestsWith('entra', changes).map(({ kind, url }) => [kind, new URL(url)] as const),
		);

	it('ask Graph for what Settings name, and for no more than it may', () => {
		const { users, groups, assigned } = urlsWith({
			groupPrefix: "Seán's & Co",
			scopeAttribute: 'officeLocation',
			ownAttributes: { division: 'onPremisesExtensionAttributes.extensionAttribute1' },
		});

		const selected = users?.searchParams.get('$select')?.split(',') ?? [];
		expect(selected).toEqual(expect.arrayContaining(['officeLocation', 'onPremisesExtensionAttributes']));
		expect(selected).not.toContain('employeeLeaveDateTime');
		expect(new Set(selected).size).toBe(selected.length);
		expect(users?.searchParams.get('$top')).toBe('999');
		expect(groups?.searchParams.get('$filter')).toBe("startswith(displayName,'Seán''s & Co')");
		expect(assigned).toBeUndefined();
	});

	it('ask for assignments alone where they say which groups there are', () => {
		const notionApp = '5f6d3c1e-0000-4000-8000-0123456789ab';
		const { groups, assigned } = urlsWith({ notionApp, onlyAssignedGroups: true });

		expect(groups).toBeUndefined();
		expect(assigned?.pathname).toBe(`/v1.0/servicePrincipals/${notionApp}/appRoleAssignedTo`);
	});
});
