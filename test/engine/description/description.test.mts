import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { NodeHelpers } from 'n8n-workflow';
import type {
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
} from 'n8n-workflow';

import { NotionAdminApi } from '../../../credentials/NotionAdminApi.credentials.ts';
import { NotionScimApi } from '../../../credentials/NotionScimApi.credentials.ts';
import { HrisWebhookApi } from '../../../hris-trigger/credentials/HrisWebhookApi.credentials.ts';
import { HrisTrigger } from '../../../hris-trigger/nodes/HrisTrigger/HrisTrigger.node.ts';
import { NotionScim } from '../../../nodes/NotionScim/NotionScim.node.ts';
import { Engine } from '../runner/engine.mts';

const { description, methods } = new NotionScim();
const { properties } = description;

/** Saved workflows hold these values, so none may be renamed. */
const operations: Record<string, string[]> = {
	user: ['create', 'upsert', 'get', 'getAll', 'update', 'remove', 'lockDown', 'restore'],
	group: [
		'create', 'upsert', 'get', 'getAll', 'update', 'delete',
		'addMembers', 'removeMembers', 'setMembers',
	],
	accessReview: ['snapshot', 'start', 'advance', 'readRequest', 'answer', 'planRevocations', 'revoke', 'close'],
	audit: ['check', 'seal'],
	directory: [
		'startRun', 'planRun', 'plan', 'apply', 'carryOut', 'finishRun', 'failRun', 'endQuarantine', 'showStatus', 'showSteps', 'import',
	],
	license: ['choose', 'overdue', 'pick', 'reconcile', 'results'],
	lifecycle: ['receive', 'ask', 'plan', 'apply', 'checkAccount', 'check', 'compare', 'report', 'due', 'alerts', 'release', 'outOfBand'],
	workspace: ['checkToken', 'getConfiguration'],
};

const personAttributes = [
	'address', 'costCenter', 'department', 'displayName', 'division', 'employeeNumber', 'familyName',
	'givenName', 'jobRole', 'locale', 'managerDisplayName', 'managerEmail', 'organization',
	'phoneNumber', 'preferredLanguage', 'role', 'secondaryEmails', 'title', 'userType',
];

/** What changes something that its parameters name. As a tool, it takes the change that a person approved. */
const approvedAsTool = [
	...['create', 'upsert', 'update', 'remove', 'lockDown', 'restore'].map((name) => `user.${name}`),
	...['create', 'upsert', 'update', 'delete', 'addMembers', 'removeMembers', 'setMembers'].map((name) => `group.${name}`),
	'directory.apply',
];

/** The rules of a plan that both operations which plan have. */
const policyNames = [
	'syncAttributes', 'pilotGroup', 'onInactive', 'managedGroups', 'removalLimit',
	'moreToSync', ...['createMissing', 'roleMap', 'syncRole', 'updateDrift'].map((name) => `moreToSync.${name}`),
	'scope', ...['allowExternalMember', 'allowPrivileged'].map((name) => `scope.${name}`),
	'leavers',
	...['confirmAfter', 'onOutOfScope', 'onUnlisted', 'removeWithoutManagedGroup'].map((name) => `leavers.${name}`),
	'groups',
	...['adoptGroups', 'createEmptyGroups', 'deleteUnlistedGroups', 'groupRules', 'keepOtherGroups'].map((name) => `groups.${name}`),
	'limits', ...['createLimit', 'maxSourceShrink'].map((name) => `limits.${name}`),
];

/**
 * The parameters of each operation, with the fields of collections behind a dot. Saved workflows
 * hold these names too: one may be added, but none renamed and none removed.
 */
const parameterNames: Record<string, string[]> = {
	'user.create': [
		'email',
		'additionalFields',
		...[...personAttributes, 'photoUrl'].map((name) => `additionalFields.${name}`),
		'options', 'options.allowExternalMember', 'options.allowPrivileged',
	],
	'user.upsert': [
		'email',
		'additionalFields',
		...[...personAttributes, 'photoUrl'].map((name) => `additionalFields.${name}`),
		'options', 'options.allowExternalMember', 'options.allowPrivileged', 'options.groupsToJoin',
		'options.onNotTaken', 'options.syncRole',
	],
	'user.get': ['user', 'simplify'],
	'user.getAll': [
		'returnAll', 'limit',
		'filters', 'filters.email', 'filters.emailDomain', 'filters.familyName', 'filters.givenName',
		'filters.role',
		'simplify',
		'options', 'options.allowIncomplete',
	],
	'user.lockDown': [
		'lockDownNotice',
		'user', 'linkedUserId', 'reason', 'reference', 'requestedBy',
		'options', 'options.allowPrivileged', 'options.alreadyUsed', 'options.ifNobody',
		'options.removalLimit',
	],
	'user.restore': [
		'restoreNotice',
		'record',
		'options', 'options.allowExternalMember', 'options.allowPrivileged', 'options.role',
	],
	'user.update': [
		'user',
		'updateFields',
		...[...personAttributes, 'email'].map((name) => `updateFields.${name}`),
		'options', 'options.allowExternalMember', 'options.allowPrivileged', 'options.removalLimit',
	],
	'user.remove': ['user', 'options', 'options.allowPrivileged', 'options.removalLimit'],
	'group.create': ['displayName'],
	'group.upsert': ['displayName'],
	'group.get': ['group', 'simplify'],
	'group.getAll': [
		'returnAll', 'limit', 'filters', 'filters.displayName', 'simplify',
		'options', 'options.allowIncomplete',
	],
	'group.update': ['group', 'newName'],
	'group.delete': ['group', 'options', 'options.allowPrivileged', 'options.removalLimit'],
	'group.addMembers': ['group', 'members'],
	'group.removeMembers': [
		'group', 'members',
		'options', 'options.allowPrivileged', 'options.alreadyUsed', 'options.removalLimit',
	],
	'group.setMembers': [
		'setMembersNotice',
		'group', 'members',
		'options', 'options.allowCutList', 'options.allowEmpty', 'options.allowPrivileged',
		'options.ignoreUnknown', 'options.removalLimit',
	],
	'directory.plan': [
		'planNotice', ...policyNames,
		...['only', 'blocks'].map((name) => `scope.${name}`),
		'limits.alreadyUsed',
		'memory', ...['groupLinks', 'includeUnchanged', 'links', 'memory', 'recentChanges'].map((name) => `memory.${name}`),
	],
	'directory.planRun': [
		'planRunNotice', 'mode', 'approval', ...policyNames,
		'safety', 'safety.blockDays', 'safety.letBackIn', 'safety.quarantineAfter',
		'run', 'runs', 'journal', 'links',
	],
	'directory.import': [
		'importNotice', 'previewCode', 'updateChanged', 'only', 'only.domains', 'only.emails', 'only.groups',
		'only.leaveOutPrivileged', 'only.roles', 'peopleRows', 'links', 'options', 'options.closingRow', 'options.delimiter',
		'options.groupPrefix',
	],
	'directory.apply': [
		'applyNotice', 'approvedPlan',
		'options', 'options.allowExternalMember', 'options.allowPrivileged', 'options.alreadyUsed',
		'options.createLimit', 'options.journal', 'options.letBackIn', 'options.removalLimit',
	],
	'directory.startRun': ['startRunNotice', 'byClock', 'called'],
	'directory.carryOut': [
		'carryOutNotice',
		'options', 'options.allowExternalMember', 'options.allowPrivileged', 'options.createLimit',
		'options.letBackIn', 'options.removalLimit',
	],
	'directory.endQuarantine': ['endQuarantineNotice', 'decider', 'assurance', 'forget'],
	'directory.showSteps': ['showStepsNotice', 'step', 'person', 'decider', 'done', 'dryRun', 'atForm', 'lookedAgain'],
	'directory.finishRun': ['finishRunNotice', 'results', 'runs'],
	'directory.failRun': ['failRunNotice', 'toldBy'],
	'directory.showStatus': ['showStatusNotice', 'everyMinutes', 'formUrl', 'query', 'runs', 'page', 'waiting'],
	'accessReview.snapshot': ['snapshotNotice', 'groupMeanings', 'options', 'options.links'],
	'license.choose': ['chooseNotice', 'approvedRows', 'plannedChanges'],
	'license.overdue': ['overdueNotice'],
	'license.pick': ['pickNotice', 'step', 'seatsRecord', 'picker', 'maxAgeDays', 'chosenSeats', 'approvers', 'expireHours'],
	'license.results': ['resultsNotice'],
	'accessReview.start': [
		'startNotice',
		'fallbackReviewer', 'securityReviewer', 'groupMeanings', 'dueInDays', 'remindAfterDays', 'escalateAfterDays',
		'finishWithinDays', 'reviewRows', 'links',
	],
	'accessReview.advance': ['advanceNotice', 'pageUrl', 'reviewRows', 'letterRows', 'calledFor'],
	'accessReview.readRequest': ['readRequestNotice', 'isAnswer'],
	'accessReview.answer': ['answerNotice', 'answerStep', 'assurance', 'request', 'letterRows', 'rows', 'reviewRows'],
	'accessReview.planRevocations': ['planRevocationsNotice', 'reviewRows', 'revocationRows', 'decidedIn'],
	'accessReview.revoke': ['revokeNotice', 'removalLimit', 'dayRows', 'options', 'options.allowPrivileged'],
	'accessReview.close': ['closeNotice', 'reviewRows', 'letterRows', 'revocationRows', 'recordRows'],
	'audit.check': ['checkNotice', 'sealRows', 'mailedHeads'],
	'audit.seal': ['sealNotice', 'sealRows'],
	'license.reconcile': [
		'reconcileNotice', 'costPerSeat', 'currency', 'contractedSeats', 'renewalDate',
		'options', 'options.lastReport', 'options.links', 'options.maxSourceShrink', 'options.nonHuman',
		'options.title',
	],
	'lifecycle.receive': ['receiveNotice', 'job', 'source'],
	'lifecycle.ask': ['askNotice', 'storedEvents', 'links'],
	'lifecycle.plan': [
		'planNotice', 'job', 'timeZone',
		'departmentGroups', 'departmentGroups.entries.department', 'departmentGroups.entries.group',
		'defaultRole', 'createMissingGroups', 'leadHours', 'onLeave',
		'apps', 'protectedResponders', 'limitPeople', 'limitHours', 'confirmWithinHours', 'alertIfNotFound',
		'storedEvents', 'journalRows', 'links',
	],
	'lifecycle.apply': [
		'applyNotice', 'job', 'removalLimit', 'verifyWithinMinutes', 'fallbackEmail', 'reminderDays',
		'journalRows', 'dayRows', 'evidence', 'links',
	],
	'lifecycle.checkAccount': ['checkAccountNotice', 'step', 'app', 'rows', 'accounts'],
	'lifecycle.compare': [
		'compareNotice', 'timeZone', 'daysBack', 'silentAfterDays', 'employees', 'journalRows', 'links',
	],
	'lifecycle.due': ['dueNotice', 'rowsAtOnce'],
	'lifecycle.alerts': ['alertsNotice', 'purpose', 'alertRows', 'storedAlerts', 'chosen', 'acknowledgedBy'],
	'lifecycle.report': ['reportNotice', 'timeZone', 'daysBack', 'promisedMinutes', 'journalRows', 'links'],
	'workspace.checkToken': ['checkTokenNotice', 'repeatHours', 'earlierChecks'],
	'lifecycle.release': [
		'releaseNotice', 'step', 'heldKind', 'decider', 'assurance', 'deciders', 'blockingRows', 'shownList', 'decidedRows', 'code', 'released', 'chosen',
	],
	'lifecycle.check': ['checkNotice'],
	'lifecycle.outOfBand': ['outOfBandNotice', 'events', 'journalRows', 'directoryRows', 'explainedWithinHours', 'confirmWithinHours'],
	'workspace.getConfiguration': [],
};

const isOption = (entry: unknown): entry is INodePropertyOptions =>
	typeof entry === 'object' && entry !== null && 'value' in entry;

const isField = (
	entry: INodeProperties | INodePropertyOptions | INodePropertyCollection,
): entry is INodeProperties => 'type' in entry;

const valuesOf = ({ options = [] }: INodeProperties): unknown[] =>
	options.filter(isOption).map(({ value }) => value);

const isGroup = (
	entry: INodeProperties | INodePropertyOptions | INodePropertyCollection,
): entry is INodePropertyCollection => 'values' in entry;

/** The fields of a collection; those of a fixed collection have the name of their group before them. */
const fieldsOf = ({ type, options = [] }: INodeProperties): INodeProperties[] => {
	if (type === 'collection') return options.filter(isField);
	if (type !== 'fixedCollection') return [];
	return options
		.filter(isGroup)
		.flatMap(({ name: group, values }) =>
			values.map((field) => ({ ...field, name: `${group}.${field.name}` })),
		);
};

const isShownFor = (resource: string, operation: string, { displayOptions }: INodeProperties) =>
	displayOptions?.show?.['resource']?.includes(resource) === true &&
	displayOptions.show['operation']?.includes(operation) === true;

const everyOperation = Object.entries(operations).flatMap(([resource, values]) =>
	values.map((operation): [string, string] => [resource, operation]),
);

describe('the description of the node', () => {
	test('has exactly these resources and operations', () => {
		const resource = properties.find(({ name }) => name === 'resource');
		expect(resource && valuesOf(resource).sort()).toEqual(Object.keys(operations).sort());

		const listed = properties
			.filter(({ name }) => name === 'operation')
			.map((property): [string, unknown[]] => [
				String(property.displayOptions?.show?.['resource']?.[0]),
				valuesOf(property).sort(),
			]);
		expect(Object.fromEntries(listed)).toEqual(
			Object.fromEntries(Object.entries(operations).map(([name, values]) => [name, [...values].sort()])),
		);
	});

	test.each(everyOperation)('%s: %s has exactly these parameters', (resource, operation) => {
		const shown = properties
			.filter((property) => isShownFor(resource, operation, property))
			.flatMap((property) => [
				property.name,
				...fieldsOf(property).map(({ name }) => `${property.name}.${name}`),
			]);

		const ofTool = [
			...(approvedAsTool.includes(`${resource}.${operation}`) ? ['plannedChange'] : []),
			...(`${resource}.${operation}` === 'directory.apply' ? ['changesToApply'] : []),
			...(parameterNames[`${resource}.${operation}`]?.includes('simplify') ? ['output', 'fields'] : []),
		];
		expect([...shown].sort()).toEqual([...(parameterNames[`${resource}.${operation}`] ?? []), ...ofTool].sort());
	});

	test('shows each parameter for an operation that exists', () => {
		for (const { name, displayOptions } of properties) {
			if (name === 'resource') continue;
			const { resource = [], operation = [], '@tool': _ofTool, ...others } = displayOptions?.show ?? {};
			expect(Object.keys(operations)).toEqual(expect.arrayContaining(resource));
			expect(resource).toHaveLength(1);
			if (name === 'operation') continue;

			expect(operations[String(resource[0])]).toEqual(expect.arrayContaining(operation));
			expect(operation).toHaveLength(1);
			const shownTogether = properties
				.filter((one) => isShownFor(String(resource[0]), String(operation[0]), one))
				.map((one) => one.name);
			expect(shownTogether).toEqual(expect.arrayContaining(Object.keys(others)));
		}
	});

	test('has only defaults that may be chosen', () => {
		const check = (property: INodeProperties): void => {
			if (property.type === 'options') expect(valuesOf(property)).toContain(property.default);
			if (property.type === 'boolean') expect(typeof property.default).toBe('boolean');
			if (property.type === 'number') expect(typeof property.default).toBe('number');
			if (property.type === 'string') expect(property.default).toBe('');
			if (property.type === 'collection') expect(property.default).toEqual({});
			fieldsOf(property).forEach(check);
		};
		properties.forEach(check);
	});

	test.each(everyOperation)('%s: %s is complete with its defaults but for what is required', (resource, operation) => {
		const names = (parameterNames[`${resource}.${operation}`] ?? []).filter((name) => !name.includes('.'));
		// What is for one choice alone is there once that is chosen.
		const jobs = names.includes('job') ? ['joiners', 'leavers', 'emergency'] : [];
		const steps = names.includes('step') ? ['show', 'decide', 'result', 'beforeLocking', 'afterLocking', 'ask', 'told', 'list', 'request'] : [];
		const purposes = names.includes('purpose') ? ['mail', 'answer'] : [];
		const chosenOnes = [
			...jobs.map((job) => ({ job })),
			...steps.map((step) => ({ step })),
			...purposes.map((purpose) => ({ purpose })),
			...(names.includes('heldKind') ? [{ step: 'decide', heldKind: 'sync' }] : []),
		];
		const choices: INodeParameters[] = chosenOnes.length > 0 ? chosenOnes : [{}];
		const filled = choices.flatMap((choice) => {
			const chosen: INodeParameters = { resource, operation, ...choice };
			return Object.keys(NodeHelpers.getNodeParameters(properties, chosen, true, false, null, description) ?? {});
		});

		expect([...new Set(filled)].sort()).toEqual(['operation', 'resource', ...names].sort());
	});

	test('explains each operation that is more than one change of one thing, on top and with a link that leads somewhere', () => {
		const headings = readFileSync(join(__dirname, '../../../docs/node.md'), 'utf8')
			.split('\n')
			.flatMap((line) => /^#+ (.*)$/.exec(line)?.[1] ?? [])
			.map((heading) => heading.toLowerCase().replace(/[^a-z0-9 -]/g, '').replaceAll(' ', '-'));
		const simple = ['user', 'group', 'workspace'];
		for (const [resource, operation] of everyOperation) {
			const shown = properties.filter((property) => isShownFor(resource, operation, property));
			const notices = shown.filter(({ type }) => type === 'notice');
			if (!simple.includes(resource)) expect(notices).toHaveLength(1);
			if (notices.length > 0) expect(shown[0]).toBe(notices[0]);
			for (const { displayName } of notices) {
				const anchor = /<a href="https:\/\/github\.com\/[^"#]+\/docs\/node\.md#([^"]+)" target="_blank">/.exec(displayName)?.[1];
				expect(headings).toContain(anchor);
			}
		}
	});

	test('helps wherever a person types', () => {
		const check = (place: string, property: INodeProperties): void => {
			const { type, displayName, placeholder, hint, description: words, default: value, modes = [] } = property;
			const here = `${place}: ${displayName}`;
			const isTyped = ['string', 'number', 'json', 'multiOptions', 'boolean'].includes(type);
			if (isTyped && !words) throw new Error(`${here} has no description`);
			if (type === 'string' && !placeholder) throw new Error(`${here} has no placeholder`);
			// The editor for JSON shows no placeholder.
			if (type === 'json' && !hint) throw new Error(`${here} has no hint`);
			if (type === 'json' && typeof value !== 'string') throw new Error(`${here} has no text to begin with`);
			for (const mode of modes) if (!mode.placeholder) throw new Error(`${here}, ${mode.displayName} has no placeholder`);
			if (placeholder && type === 'string' && !/^(e\.g\. |name@email\.com$|Paste the )/.test(placeholder)) {
				throw new Error(`${here} has a placeholder that is no example: ${placeholder}`);
			}
			fieldsOf(property).forEach((field) => check(here, field));
		};
		for (const property of properties) {
			check([property.displayOptions?.show?.['resource'], property.displayOptions?.show?.['operation']].join(' '), property);
		}
		const others = [new NotionScimApi(), new NotionAdminApi(), new HrisWebhookApi(), new HrisTrigger().description];
		for (const { displayName, properties: fields } of others) {
			fields.filter(({ type }) => type !== 'hidden').forEach((field) => check(displayName, field));
		}
	});

	test('names its credentials, and asks for none where nothing is sent to Notion', () => {
		expect(description.credentials?.map(({ name, displayName, required }) => [name, displayName, required])).toEqual([
			['notionScimApi', 'Notion SCIM Credential', true],
			['notionAdminApi', 'Notion Admin API Credential (Optional)', false],
		]);
		const asksFor = (resource: string, operation: string) =>
			description.credentials
				?.filter((credential) =>
					NodeHelpers.displayParameter({ resource, operation }, credential, { typeVersion: 1 }, description),
				)
				.map(({ name }) => name);

		expect(asksFor('user', 'get')).toEqual(['notionScimApi']);
		expect(asksFor('user', 'lockDown')).toEqual(['notionScimApi', 'notionAdminApi']);
		expect(asksFor('lifecycle', 'apply')).toEqual(['notionScimApi', 'notionAdminApi']);
		expect(asksFor('directory', 'apply')).toEqual(['notionScimApi']);
		// n8n's editor puts credentials behind the parameters that are named here, and they come first.
		expect(description.credentials?.flatMap(({ displayOptions }) => Object.keys(displayOptions?.show ?? {}))).toEqual([]);
		expect(asksFor('directory', 'startRun')).toEqual([]);
		expect(asksFor('lifecycle', 'check')).toEqual([]);
		expect(asksFor('accessReview', 'readRequest')).toEqual([]);
		expect(asksFor('lifecycle', 'receive')).toEqual(['notionScimApi']);
	});

	test('gets no Custom API Call from n8n, which the credential would forbid', () => {
		// n8n adds one to a node whose version is its default version (load-nodes-and-credentials).
		const { version, defaultVersion } = description;
		expect(defaultVersion).toBe(1);
		expect([version].flat()).toEqual([1]);
		expect(version).not.toBe(defaultVersion);
	});

	test('is found by the words of an admin', () => {
		const codex: unknown = JSON.parse(readFileSync(join(__dirname, '../../../nodes/NotionScim/NotionScim.node.json'), 'utf8'));

		expect(codex).toMatchObject({
			alias: expect.arrayContaining(['License', 'Lock', 'Remove User', 'Directory Sync', 'Offboard', 'Invite']),
		});
	});

	test('locates people by list, email and id, groups by list, name and id, zones by list and name', () => {
		const modes = new Map(
			properties
				.filter(({ type }) => type === 'resourceLocator')
				.map(({ name, modes: of = [] }) => [name, of.map((mode) => mode.name)]),
		);

		expect(Object.fromEntries(modes)).toEqual({
			user: ['list', 'email', 'id'],
			group: ['list', 'name', 'id'],
			timeZone: ['list', 'name'],
		});
	});

	test('has a function for each list that is searched', () => {
		const searches = properties
			.flatMap(({ modes = [] }) => modes)
			.flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []);

		expect(new Set(searches)).toEqual(new Set(Object.keys(methods.listSearch)));
	});

	test('has the outputs that the operation names, and one otherwise', () => {
		const namesOf = (resource: string, operation: string) => {
			const parameters = { resource, operation };
			const { workflow, node } = new Engine({ credentialTypes: [] }).nodeInWorkflow(new NotionScim(), parameters);
			return NodeHelpers.getNodeOutputs(workflow, node, description).map((output) =>
				typeof output === 'string' ? output : output.displayName,
			);
		};

		expect(namesOf('directory', 'plan')).toEqual(['Plan', 'Summary']);
		expect(namesOf('lifecycle', 'plan')).toEqual(['Changes', 'Alerts']);
		expect(namesOf('lifecycle', 'apply')).toEqual(['Changes', 'Links', 'Evidence', 'Messages', 'Alerts', 'Reminders']);
		expect(namesOf('lifecycle', 'ask')).toEqual(['Questions', 'Nothing to Ask']);
		expect(namesOf('lifecycle', 'compare')).toEqual(['Changes', 'Alerts', 'Outdated']);
		expect(namesOf('lifecycle', 'due')).toEqual(['Changes', 'Alerts']);
		expect(namesOf('lifecycle', 'alerts')).toEqual(['Rows', 'Texts']);
		expect(namesOf('lifecycle', 'release')).toEqual(['Changes', 'Runs', 'List', 'Answer']);
		expect(namesOf('lifecycle', 'checkAccount')).toEqual(['Accounts', 'Changes', 'Evidence', 'Alerts']);
		expect(namesOf('lifecycle', 'receive')).toEqual(['main']);
		expect(namesOf('lifecycle', 'check')).toEqual(['Alerts', 'Not Done']);
		expect(namesOf('lifecycle', 'outOfBand')).toEqual(['Held', 'Alerts']);
		expect(namesOf('license', 'choose')).toEqual(['Changes']);
		expect(namesOf('license', 'overdue')).toEqual(['Changes', 'Alerts']);
		expect(namesOf('license', 'pick')).toEqual(['Changes', 'Form', 'Mail']);
		expect(namesOf('license', 'reconcile')).toEqual(['Report', 'Runs', 'Evidence', 'Alerts']);
		expect(namesOf('license', 'results')).toEqual(['Mail', 'Alerts']);
		expect(namesOf('user', 'get')).toEqual(['main']);
	});

	test('starts with an operation of each resource that removes nothing', () => {
		const usual = properties
			.filter(({ name }) => name === 'operation')
			.map(({ displayOptions, default: value }) => [displayOptions?.show?.['resource']?.[0], value]);

		expect(Object.fromEntries(usual)).toEqual({
			user: 'upsert', group: 'addMembers', workspace: 'getConfiguration',
			accessReview: 'snapshot', audit: 'check',
			directory: 'plan',
			license: 'reconcile',
			lifecycle: 'plan',
		});
	});
});
