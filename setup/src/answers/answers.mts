import { z } from 'zod';

import { jobNames, type JobName } from '../catalog/jobs.mts';

const isJob = (name: string): name is JobName => jobNames.some((job) => job === name);

const addresses = z
	.string()
	.trim()
	.regex(/^[^@\s,]+@[^@\s,]+(\s*,\s*[^@\s,]+@[^@\s,]+)*$/, 'is not an email address, or a list of addresses with commas between them');

const zone = z.string().refine(isZone, 'is not a time zone. Use an IANA name such as Europe/Berlin');

/** Addresses of n8n end where its pages begin. */
const n8nUrl = z
	.url({ protocol: /^https?$/, error: 'is not an address. Use the one that you open n8n with, such as https://n8n.company.com' })
	.transform((url) => url.replace(/\/(api\/v1|home|workflow|signin|settings|projects)(\/.*)?$/, '').replace(/\/+$/, ''));

export const groupSchema = z.object({ department: z.string(), group: z.string() });

/** Everything that the admin decides, without the secrets. */
export const answersSchema = z.object({
	n8nUrl,
	/** Where the HRIS reaches n8n, if that is another address. */
	webhookUrl: n8nUrl.optional(),
	jobs: z.array(z.string().refine(isJob, `is no job. Known: ${jobNames.join(', ')}`)).min(1, 'are missing: choose at least one'),
	hris: z.string().optional(),
	directory: z.string().optional(),
	/** Who signs the events: a provider of n8n-nodes-hris-trigger, or `webhook` for n8n's own Webhook node. */
	provider: z.string().optional(),
	zone,
	ownedDomains: z.string(),
	tokenCreator: z.email('is not an email address'),
	/** Owners and others no workflow changes. */
	protectedEmails: z.string().default(''),
	/** For a sandbox. */
	scimUrl: z.url().default('https://api.notion.com/scim/v2'),
	/** Fields of the sources, by `hris.company` and the like. */
	fields: z.record(z.string(), z.string()).default({}),
	/** Which groups a new member of a department joins; `*` is every department. */
	groups: z.array(groupSchema).default([]),
	/** Groups of Notion that follow the directory, as the parameter *Managed Groups* names them. */
	managedGroups: z.string().default(''),
	mailFrom: addresses,
	mailTo: addresses,
	securityMail: addresses.optional(),
	smtpHost: z.string().min(1, 'is missing'),
	smtpPort: z.coerce.number().int().default(465),
	smtpUser: z.string().default(''),
	/** For a mail server inside that has no certificate. */
	smtpPlain: z.boolean().default(false),
	formUser: z.string().min(1).default('admin'),
	/** By what it is for: the ID of a credential of the admin's. */
	reuse: z.record(z.string(), z.string()).default({}),
	/** Whether the credential of the directory may lock accounts in an emergency. */
	lockOut: z.boolean().default(false),
});

export type Answers = z.infer<typeof answersSchema>;

/** The answers that a workflow in n8n keeps for the next run. Answers are no secrets. */
export const rememberedSchema = answersSchema.omit({ n8nUrl: true, reuse: true }).partial();
export type RememberedAnswers = z.infer<typeof rememberedSchema>;

/** Before they were checked, some missing. */
export type GivenAnswers = { [Field in keyof AnswersInput]?: AnswersInput[Field] | undefined };
type AnswersInput = z.input<typeof answersSchema>;

/** What may be missing if its credential exists already. Never written, never shown. */
export interface Secrets {
	scimToken?: string | undefined;
	adminToken?: string | undefined;
	hrisSecret?: string | undefined;
	directorySecret?: string | undefined;
	/** Of the webhook for hires. */
	eventsSecret?: string | undefined;
	/** Of the webhooks for leavers and for groups, where the HRIS gives each webhook a secret of its own. */
	leaverEventsSecret?: string | undefined;
	groupEventsSecret?: string | undefined;
	/** Of the directory, or a step of the admin's, that says that groups have changed. */
	hintSecret?: string | undefined;
	emergencySecret?: string | undefined;
	smtpPassword?: string | undefined;
	formPassword?: string | undefined;
}

/** Where each secret comes from, if it is not asked for. */
export const SECRET_VARIABLES = {
	scimToken: 'NOTION_SCIM_TOKEN',
	adminToken: 'NOTION_ADMIN_TOKEN',
	hrisSecret: 'HRIS_SECRET',
	directorySecret: 'DIRECTORY_SECRET',
	eventsSecret: 'HRIS_WEBHOOK_SECRET',
	leaverEventsSecret: 'HRIS_WEBHOOK_SECRET_LEAVERS',
	groupEventsSecret: 'HRIS_WEBHOOK_SECRET_GROUPS',
	hintSecret: 'DIRECTORY_HINT_SECRET',
	emergencySecret: 'EMERGENCY_WEBHOOK_SECRET',
	smtpPassword: 'SMTP_PASSWORD',
	formPassword: 'FORM_PASSWORD',
} as const satisfies Record<keyof Secrets, string>;

/** By n8n's Webhook node, for an n8n that cannot have the second package. */
export const WEBHOOK = 'webhook';

function isZone(name: string): boolean {
	try {
		return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
	} catch {
		return false;
	}
}
