import { z } from 'zod';

import { PERSON_ATTRIBUTES } from '../../scim/personAttributes';
import type { ScimError } from '../../scim/scimError';
import { planRefused } from './applyResult';
import type { PlannedChange, PlanReason } from '../plan/plannedChange';
import { PLAN_ACTIONS } from '../plan/plannedChange';
import type { PlanSigner } from '../plan/planSigner';

/** A table or a form may hand the inner parts of a change on as JSON text. */
function orJson<T extends z.ZodTypeAny>(schema: T) {
	return z.preprocess((value) => (typeof value === 'string' ? parsedJson(value) : value), schema);
}

function parsedJson(text: string): unknown {
	if (text.trim() === '') return null;
	try {
		const value: unknown = JSON.parse(text);
		return value;
	} catch {
		return text;
	}
}

const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'is no instant');
const wholeNumber = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);
const nullableText = z.string().nullable();

const targetSchema = z.discriminatedUnion('type', [
	z.object({
		type: z.literal('user'),
		id: nullableText,
		email: nullableText,
		displayName: nullableText,
		source: nullableText,
		sourceId: nullableText,
	}),
	z.object({ type: z.literal('group'), id: nullableText, displayName: z.string() }),
]);

const plannedChangeSchema = z.object({
	action: z.enum([...PLAN_ACTIONS, 'none']),
	target: orJson(targetSchema),
	member: orJson(
		z.object({ id: nullableText, email: z.string(), displayName: nullableText }).nullable(),
	),
	changes: orJson(
		z.array(
			z.object({
				attribute: z.enum(['role', ...PERSON_ATTRIBUTES]),
				from: nullableText,
				to: z.string(),
			}),
		),
	),
	reason: z.custom<PlanReason>((value) => typeof value === 'string'),
	explanation: z.string(),
	guard: z.custom<PlannedChange['guard']>(
		(value) => typeof value === 'string' && (value === 'ok' || value.startsWith('blocked: ')),
	),
	impact: wholeNumber.pipe(z.number().int().nonnegative()),
	precondition: orJson(
		z.object({
			userName: z.string().optional(),
			role: z.string().optional(),
			active: z.boolean().optional(),
			values: z.record(nullableText).optional(),
			groupName: z.string().optional(),
			isLinked: z.boolean().optional(),
			isMember: z.boolean().optional(),
			memberIds: z.array(z.string()).optional(),
			absent: z.boolean().optional(),
		}),
	),
	planDigest: z.string().min(1),
	workspace: z.string().min(1),
	policyDigest: z.string().min(1),
	plannedAt: instant,
	expiresAt: instant,
	signature: z.string().min(1),
});

/** What a change has to fit in order to be believed. */
export interface PlanBinding {
	signer: PlanSigner;
	/** Of the guards and options that hold now. */
	policyDigest: string;
	/** What a person approved; undefined where no approval is asked for. */
	approvedPlan: string | undefined;
	/** Epoch milliseconds. */
	now: number;
}

/** Clocks of two machines may be apart by this much, in milliseconds. */
const CLOCK_SKEW = 5 * 60 * 1_000;

/**
 * The changes that may be looked at, each in the place of its item, or why not. A change is believed to be
 * what a plan of this node said, and nothing more: whether it is still right is found out later.
 */
export function readChanges(items: readonly unknown[], binding: PlanBinding): Array<PlannedChange | ScimError> {
	const changes = items.map((item) => {
		const parsed = plannedChangeSchema.safeParse(item);
		return parsed.success ? (refusal(parsed.data, binding) ?? parsed.data) : unreadable(parsed.error);
	});
	const plans = new Set(changes.flatMap((change) => ('signature' in change ? [change.planDigest] : [])));
	if (plans.size < 2) return changes;
	return changes.map((change) => ('signature' in change ? severalPlans(plans.size) : change));
}

/** A rule that a change has to keep in order to be believed. */
interface ChangeRule {
	name: string;
	isBroken(change: PlannedChange, binding: PlanBinding): boolean;
	message: string | ((change: PlannedChange) => string);
	remedy: string;
}

/** The first rule that a change breaks is the one that its refusal tells. */
const LINE_RULES: readonly ChangeRule[] = [
	{
		name: 'workspace',
		isBroken: ({ workspace }, { signer }) => workspace !== signer.workspace,
		message: 'This change was planned with another token or on another workspace.',
		remedy: 'Plan and apply with the same credential. After a new token, make a new plan.',
	},
	{
		name: 'genuine',
		isBroken: (change, { signer }) => !signer.isGenuine(change),
		message: 'This change was altered after it was planned, or was not made by Plan.',
		remedy:
			'Hand the changes of Plan on as they are. To change what is done, change the policy and plan again.',
	},
	{
		name: 'policy',
		isBroken: (change, { policyDigest }) => change.policyDigest !== policyDigest,
		message:
			'This change was planned with other guards: those of the credential, or Allow Privileged People or Allow External Members, were different.',
		remedy: 'Set these two options as in Plan. Where the credential was changed, make a new plan.',
	},
	{
		name: 'approved',
		isBroken: ({ planDigest }, { approvedPlan }) =>
			approvedPlan !== undefined && planDigest !== approvedPlan,
		message: 'This change belongs to another plan than the one that was approved.',
		remedy: 'Apply the changes of the approved plan, or have this plan approved.',
	},
	{
		name: 'notFromTheFuture',
		isBroken: ({ plannedAt }, { now }) => Date.parse(plannedAt) > now + CLOCK_SKEW,
		message: ({ plannedAt }) => `This change was planned in the future (${plannedAt}).`,
		remedy: 'Check the clocks of the machines that n8n runs on.',
	},
	{
		name: 'notExpired',
		isBroken: ({ expiresAt }, { now }) => now >= Date.parse(expiresAt),
		message: ({ expiresAt }) => `This plan was good until ${expiresAt}.`,
		remedy: 'Make a new plan, and have it approved where that is asked for.',
	},
];

function refusal(change: PlannedChange, binding: PlanBinding): ScimError | undefined {
	const broken = LINE_RULES.find(({ isBroken }) => isBroken(change, binding));
	if (!broken) return undefined;
	const { message, remedy } = broken;
	return planRefused(typeof message === 'string' ? message : message(change), remedy);
}

function unreadable({ issues }: z.ZodError): ScimError {
	const fields = [...new Set(issues.map(({ path }) => String(path[0] ?? 'item')))];
	return planRefused(
		`This item is not a planned change: ${fields.join(', ')} cannot be read.`,
		'Hand the items of the first output of Plan on as they are.',
	);
}

function severalPlans(count: number): ScimError {
	return planRefused(
		`These items are changes of ${count} plans. One run applies one plan.`,
		'Give the changes of one plan. Where old ones are stored, filter them by Plan Digest.',
	);
}
