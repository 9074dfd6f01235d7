import type { Setting } from '../nodes.mts';

/**
 * What an admin chooses of every workflow that compares a directory with Notion; each with the default
 * of a careful start.
 *
 * @param own other defaults, and further settings
 * @param without those that this workflow does not have
 */
export function cycleSettings(
	own: Record<string, unknown> = {},
	{ more = [], without = [] }: { more?: Setting[]; without?: string[] } = {},
): Setting[] {
	const defaults: Setting[] = [
		// dryRun or apply
		{ name: 'mode', type: 'string', value: 'dryRun' },
		{ name: 'pilotGroup', type: 'string', value: '' },
		// never, removals or always
		{ name: 'approval', type: 'string', value: 'removals' },
		{ name: 'approvers', type: 'string', value: '' },
		{ name: 'notifyTo', type: 'string', value: 'it@example.com' },
		{ name: 'mailFrom', type: 'string', value: 'n8n@example.com' },
		{ name: 'quarantineAfter', type: 'number', value: 3 },
		{ name: 'groupRules', type: 'array', value: [] },
		{ name: 'keepOtherGroups', type: 'boolean', value: true },
		{
			name: 'syncAttributes',
			type: 'array',
			value: [
				'displayName',
				'givenName',
				'familyName',
				'title',
				'department',
				'employeeNumber',
				'managerEmail',
			],
		},
		{ name: 'syncRole', type: 'boolean', value: false },
		{ name: 'roleMap', type: 'object', value: {} },
		{ name: 'createMissing', type: 'boolean', value: true },
		{ name: 'updateDrift', type: 'boolean', value: true },
		{ name: 'onInactive', type: 'string', value: 'remove' },
		{ name: 'onUnlisted', type: 'string', value: 'report' },
		{ name: 'onOutOfScope', type: 'string', value: 'report' },
		{ name: 'confirmAfter', type: 'number', value: 24 },
		{ name: 'managedGroups', type: 'array', value: [] },
		{ name: 'adoptGroups', type: 'string', value: 'off' },
		{ name: 'createEmptyGroups', type: 'boolean', value: false },
		{ name: 'deleteUnlistedGroups', type: 'boolean', value: false },
		{ name: 'removeWithoutManagedGroup', type: 'boolean', value: false },
		{ name: 'removalLimit', type: 'number', value: 0 },
		{ name: 'createLimit', type: 'number', value: 0 },
		{ name: 'maxSourceShrink', type: 'number', value: 5 },
		{ name: 'allowPrivileged', type: 'boolean', value: false },
		{ name: 'allowExternalMember', type: 'boolean', value: false },
		{ name: 'keepOutDays', type: 'number', value: 30 },
		{ name: 'letBackIn', type: 'array', value: [] },
		{ name: 'everyMinutes', type: 'number', value: 40 },
		{
			name: 'n8nUrl',
			type: 'string',
			value: "={{ $execution.resumeUrl.split('/webhook-waiting')[0] }}",
		},
	];
	const unknown = Object.keys(own).filter((name) => !defaults.some((one) => one.name === name));
	if (unknown.length > 0) throw new Error(`There is no setting "${unknown.join(', ')}"`);
	return [
		...more,
		...defaults
			.filter(({ name }) => !without.includes(name))
			.map((one) => (one.name in own ? { ...one, value: own[one.name] } : one)),
	];
}
