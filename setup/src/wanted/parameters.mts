import { z } from 'zod';

import { type Answers, WEBHOOK } from '../answers/answers.mts';
import { fieldsOf } from '../catalog/credentials.mts';
import { lockOutOf } from '../catalog/lockOut.mts';
import { sources } from '../catalog/sources.mts';
import type { WorkflowNode } from '../n8n/schemas.mts';

type Parameters = WorkflowNode['parameters'];

const emptyPick = z.object({ value: z.literal('') });

/** Addresses that stand in the files so that a node can be read. */
const PLACEHOLDERS = ['', 'n8n@example.com', 'it@example.com', 'notion@example.com'];

/** The parameters of a node as the admin would fill them in. */
export function filledParameters(workflow: string, node: WorkflowNode, answers: Answers): Parameters {
	const { parameters } = node;
	const filled = { ...parameters, ...zoneOf(node, answers), ...mailOf(node, answers), ...decisionsOf(workflow, node, answers) };
	return workflow.startsWith('sources/') ? withSettings(workflow, { ...node, parameters: filled }, answers) : filled;
}

function zoneOf({ type, parameters }: WorkflowNode, { zone }: Answers): Parameters {
	const { timeZone } = parameters;
	if (type.endsWith('.hrisTrigger') && timeZone === '') return { timeZone: zone };
	return emptyPick.safeParse(timeZone).success ? { timeZone: picked(zone) } : {};
}

function mailOf({ type, parameters }: WorkflowNode, { mailFrom, mailTo, securityMail }: Answers): Parameters {
	const isPlaceholder = (name: string) => PLACEHOLDERS.some((value) => value === parameters[name]);
	const isMail = type.endsWith('.emailSend');
	const [first = mailTo] = mailTo.split(',');
	return {
		...(isMail && isPlaceholder('fromEmail') ? { fromEmail: mailFrom } : {}),
		...(isMail && isPlaceholder('toEmail') ? { toEmail: mailTo } : {}),
		...(parameters['fallbackEmail'] === '' ? { fallbackEmail: first.trim() } : {}),
		...(parameters['approvers'] === '' ? { approvers: mailTo } : {}),
		...(parameters['fallbackReviewer'] === '' ? { fallbackReviewer: first.trim() } : {}),
		...(parameters['securityReviewer'] === '' ? { securityReviewer: securityMail ?? first.trim() } : {}),
	};
}

function decisionsOf(workflow: string, { name, parameters }: WorkflowNode, answers: Answers): Parameters {
	if (workflow === 'onboarding' && 'departmentGroups' in parameters) return { departmentGroups: groupsOf(answers) };
	if (workflow === 'directory-sync' && 'managedGroups' in parameters) return syncOf(answers);
	if ('apps' in parameters) {
		const other = lockOutOf(answers)?.app;
		return { apps: ['notion', ...(other === undefined ? [] : [other])] };
	}
	const isUnnamed = name === 'Receive events' && parameters['source'] === '';
	return isUnnamed && answers.provider === WEBHOOK && answers.hris !== undefined ? { source: answers.hris } : {};
}

/** The groups in the file are examples, and no company's: without an answer, new members join no group. */
function groupsOf({ groups }: Answers) {
	const given = groups.length > 0 ? groups : [{ department: '*', group: '' }];
	return { entries: given.map(({ department, group }) => ({ department, group: picked(group) })) };
}

/** What directory-sync does besides, where it serves only the groups of teamspaces. */
const GROUPS_ONLY = {
	approval: 'never',
	syncAttributes: [],
	onInactive: 'report',
	moreToSync: { createMissing: false, updateDrift: false },
};

/** Groups of teamspaces exist already, made by hand: they are adopted with their members. */
function syncOf({ jobs, managedGroups }: Answers): Parameters {
	if (!jobs.includes('group-teamspace-sync')) return {};
	const syncsPeople = jobs.includes('directory-sync') || jobs.includes('provision-now');
	return { managedGroups, groups: { adoptGroups: 'union' }, ...(syncsPeople ? {} : GROUPS_ONLY) };
}

const assignmentsSchema = z.object({ assignments: z.array(z.looseObject({ name: z.string(), value: z.unknown() })) });

/** Fills in the node Settings of a source, and lets a list without an address do without its credential. */
function withSettings(workflow: string, { name, type, parameters }: WorkflowNode, answers: Answers): Parameters {
	const folder = workflow.slice('sources/'.length);
	const details = sources[folder];
	if (folder === 'list' && type.endsWith('.httpRequest')) return { ...parameters, authentication: 'none' };
	const set = assignmentsSchema.safeParse(parameters['assignments']);
	if (name !== 'Settings' || !set.success || details === undefined) return parameters;
	const role = answers.hris === folder ? 'hris' : 'directory';
	const values: Record<string, unknown> = { timeZone: answers.zone, ...details.settings(fieldsOf(answers, role)) };
	const assignments = set.data.assignments.map((one) => ({ ...one, value: values[one.name] ?? one.value }));
	return { ...parameters, assignments: { assignments } };
}

function picked(value: string) {
	return { __rl: true, mode: 'name', value };
}
