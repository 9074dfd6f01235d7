import { resolve } from 'node:path';

/** The start options of one instance of n8n. */
export interface HostSettings {
	folder: string;
	port: number;
	brokerPort: number;
	timeZone: string;
	proxyUrl: string;
	caFile: string;
	hasEditor: boolean;
}

/** Names from this process's own environment that a program needs to run at all. */
const INHERITED = ['PATH', 'LANG', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot'];

/** Modules of n8n that no workflow of ours uses. The forms that want n8n's sign-in use its OAuth server. */
const UNUSED_MODULES = [
	...['agents', 'breaking-changes', 'chat-hub', 'external-secrets', 'insights', 'instance-ai', 'ldap', 'log-streaming'],
	...['quick-connect', 'source-control', 'sso-oidc', 'sso-saml', 'workflow-builder', 'workflow-reviews'],
];

/**
 * The complete environment of an isolated n8n: it listens on 127.0.0.1 only, writes only below its folder,
 * requests no news, templates, licences or packages, and shows no greeting or advertisement. Nothing else is
 * inherited, so that a developer's own n8n settings have no effect.
 */
export function hostEnvironment(settings: HostSettings): Record<string, string> {
	const inherited = INHERITED.flatMap((name) => {
		const value = process.env[name];
		return value === undefined ? [] : [[name, value] as const];
	});
	return {
		...Object.fromEntries(inherited),
		HOME: settings.folder,
		N8N_USER_FOLDER: settings.folder,

		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(settings.port),
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${settings.port}`,
		N8N_WEBHOOK_URL: `http://127.0.0.1:${settings.port}/`,
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(settings.brokerPort),
		N8N_SECURE_COOKIE: 'false',
		GENERIC_TIMEZONE: settings.timeZone,
		TZ: settings.timeZone,

		HTTP_PROXY: settings.proxyUrl,
		HTTPS_PROXY: settings.proxyUrl,
		NO_PROXY: '127.0.0.1,localhost',
		NODE_EXTRA_CA_CERTS: settings.caFile,
		// n8n loads thousands of files; V8's compile cache speeds up the next start.
		NODE_COMPILE_CACHE: resolve('.run', 'compiled'),

		N8N_AI_ENABLED: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_DISABLED_MODULES: ['mcp-registry', ...(settings.hasEditor ? [] : UNUSED_MODULES)].join(','),
		N8N_DISABLE_UI: String(!settings.hasEditor),
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_REINSTALL_MISSING_PACKAGES: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	};
}
