import type { CredentialUses } from '../assets.mts';
import type { WorkflowNode } from '../n8n/schemas.mts';

const BY_AUTHENTICATION: Readonly<Record<string, string>> = { basicAuth: 'httpBasicAuth', headerAuth: 'httpHeaderAuth' };

/**
 * The types of credentials that a node asks for.
 * @param uses by node type, of the nodes of our packages
 */
export function credentialTypesOf({ type, parameters, disabled }: WorkflowNode, uses: CredentialUses): string[] {
	if (disabled) return [];
	if (type === 'n8n-nodes-base.emailSend') return ['smtp'];
	const { genericAuthType, nodeCredentialType, authentication } = parameters;
	if (authentication === 'genericCredentialType') return texts(genericAuthType);
	if (authentication === 'predefinedCredentialType') return texts(nodeCredentialType);
	if (typeof authentication === 'string') return texts(BY_AUTHENTICATION[authentication]);
	return (uses[type] ?? []).filter(({ displayOptions }) => isShown(parameters, displayOptions)).map(({ name }) => name);
}

type Shown = NonNullable<CredentialUses[string]>[number]['displayOptions'];

function isShown(parameters: WorkflowNode['parameters'], { show = {}, hide = {} }: NonNullable<Shown> = {}): boolean {
	const holds = ([parameter, values]: [string, unknown[]]) => values.includes(parameters[parameter]);
	return Object.entries(show).every(holds) && !Object.entries(hide).some(holds);
}

function texts(value: unknown): string[] {
	return typeof value === 'string' ? [value] : [];
}
