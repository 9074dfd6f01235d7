import { Command, CommanderError, Option } from 'commander';
import { z } from 'zod';

import { SECRET_VARIABLES } from '../answers/answers.mts';
import { jobNames } from '../catalog/jobs.mts';

const list = (value: string) => value.split(',').map((part) => part.trim()).filter((part) => part !== '');
const collected = (value: string, before: string[] | undefined) => [...(before ?? []), value];

const DESCRIPTION = `Sets up the Notion SCIM workflows in your n8n. It asks for what is missing, shows what it will do,
and does it after your yes. Run again, it updates what it made, and touches nothing else.`;

const SECRETS = `
notion-scim-setup audit-check FILE checks an exported journal, without n8n.

Secrets are asked for without echo, or come from the environment, and from nowhere else:
  N8N_API_KEY, ${Object.values(SECRET_VARIABLES).join(', ')}`;

const optionsSchema = z.object({
	n8n: z.string().optional(),
	webhookUrl: z.string().optional(),
	jobs: z.array(z.string()).optional(),
	hris: z.string().optional(),
	directory: z.string().optional(),
	provider: z.string().optional(),
	zone: z.string().optional(),
	domains: z.string().optional(),
	tokenCreator: z.string().optional(),
	protect: z.string().optional(),
	scimUrl: z.string().optional(),
	set: z.array(z.string()).optional(),
	groups: z.array(z.string()).optional(),
	managedGroups: z.string().optional(),
	mailFrom: z.string().optional(),
	mailTo: z.string().optional(),
	securityMail: z.string().optional(),
	smtpHost: z.string().optional(),
	smtpPort: z.string().optional(),
	smtpUser: z.string().optional(),
	smtpPlain: z.boolean().optional(),
	formUser: z.string().optional(),
	reuse: z.array(z.string()).optional(),
	lockOut: z.boolean().optional(),
	plan: z.boolean().default(false),
	remove: z.boolean().default(false),
	tables: z.boolean().default(false),
	yes: z.boolean().default(false),
	testHire: z.boolean().default(true),
	overwrite: z.array(z.string()).default([]),
	updateCredentials: z.boolean().default(false),
});

export type Options = z.infer<typeof optionsSchema>;

/** @throws CommanderError for an unknown option, and after the help */
export function readArguments(argv: readonly string[]): Options {
	const command = new Command('notion-scim-setup')
		.description(DESCRIPTION)
		.exitOverride()
		.addHelpText('after', SECRETS)
		.addOption(new Option('--n8n <url>', 'address of your n8n').env('N8N_URL'))
		.option('--jobs <names>', `what it is for, with commas between: ${jobNames.join(', ')}`, list)
		.option('--hris <name>', 'your HRIS')
		.option('--directory <name>', 'your directory')
		.option('--provider <name>', 'who signs the events (default: the HRIS); "webhook" without the second package')
		.option('--zone <name>', 'where your company\'s days begin, such as Europe/Berlin')
		.option('--domains <list>', 'email domains of your company')
		.option('--token-creator <email>', 'the owner who made the SCIM token')
		.option('--protect <emails>', 'people no workflow changes')
		.option('--set <field=value>', 'a field of the HRIS or directory, such as hris.company=acme', collected)
		.option('--groups <department=groups>', 'which groups a department joins, such as "Sales=All Staff,Sales"; * is every department', collected)
		.option('--managed-groups <names>', 'groups of teamspaces that follow the directory, such as "Design,eng-*"')
		.option('--mail-from <email>', 'sender of the mails')
		.option('--mail-to <emails>', 'who gets alerts and reports')
		.option('--security-mail <email>', 'who reviews privileged people')
		.option('--smtp-host <name>', 'mail server')
		.option('--smtp-port <number>', 'its port')
		.option('--smtp-user <name>', 'its user')
		.option('--smtp-plain', 'it has no TLS')
		.option('--form-user <name>', 'who opens the forms and pages')
		.option('--reuse <name=id>', 'uses a credential of yours: scim-full, scim-noRemovals, scim-readOnly, admin, hris, directory, events, events-leavers, events-groups, hints, emergency, smtp or forms', collected)
		.option('--lock-out', 'emergencies lock people out of the directory, too')
		.option('--webhook-url <url>', 'where the HRIS reaches n8n, if it is another address')
		.option('--scim-url <url>', 'for a sandbox')
		.option('--plan', 'only says what it would do')
		.option('--yes', 'does it without asking; workflows that you changed stay as they are')
		.option('--overwrite <name>', 'overwrites this workflow although you changed it', collected)
		.option('--update-credentials', 'gives credentials that exist the secrets and guards of this run')
		.option('--no-test-hire', 'sends no test hire')
		.option('--remove', 'takes away what this command made')
		.option('--tables', 'with --remove: the Data Tables, too')
		.parse([...argv], { from: 'user' });
	return optionsSchema.parse(command.opts());
}

export const isHelp = (error: unknown): boolean => error instanceof CommanderError && error.exitCode === 0;
export const isBadArgument = (error: unknown): boolean => error instanceof CommanderError;
