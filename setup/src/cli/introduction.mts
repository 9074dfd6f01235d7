import type { Assets } from '../assets.mts';
import type { SourceRole } from '../catalog/jobs.mts';
import { choicesFor } from '../catalog/sourceQuestions.mts';
import type { Options } from './arguments.mts';

const REAL = `  Notion    as an organization owner on the Enterprise plan: a SCIM token
            (Settings → Identity → SCIM provisioning → New token).
            Without that plan: start a sandbox in a clone of the repository (npm run sandbox),
            then this command with --scim-url and the address of SCIM that it prints.`;

const SANDBOX = `  Sandbox   the SCIM token that it printed, and its owner, owner@example.com.
            Where n8n runs in a container, --scim-url must lead there from inside.`;

const titlesOf = (role: SourceRole, assets: Assets) => choicesFor(role, assets).map(({ title }) => title).join(', ');

/** What to have at hand, before the first question. */
export function introduction({ scimUrl }: Pick<Options, 'scimUrl'>, assets: Assets): string {
	return `This sets up the Notion SCIM workflows in your n8n. Have at hand:

  n8n       as owner or admin: an API key with all scopes
            (Settings → n8n API → Create API key).
${scimUrl === undefined ? REAL : SANDBOX}
  HRIS      for hires and leavers: an API key that reads employees, and the page for webhooks
            (${titlesOf('hris', assets)}).
  Directory if a job of yours reads it: a client or key that reads users and groups
            (${titlesOf('directory', assets)}).
  Mails     name, user and password of a mail server.

Secrets go to your n8n, and nowhere else. Nothing is changed before your yes. Ctrl+C leaves.
`;
}
