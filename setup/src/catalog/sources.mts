/** What must be asked about one source: its credential in n8n, and its node *Settings*. */
export interface SourceDetails {
	/** n8n's type of credential; undefined for a source that needs none. */
	credentialType?: string;
	/** Answers that are no secrets, by the name that the flag `--set` uses. */
	questions: Readonly<Record<string, string>>;
	/** What the secret is called where it is made. */
	secret?: string;
	/** Data of the credential. */
	credential(answers: Readonly<Record<string, string>>, secret: string): Record<string, unknown>;
	/** Values of the node Settings. */
	settings(answers: Readonly<Record<string, string>>): Record<string, unknown>;
}

const clientCredentials = (accessTokenUrl: string, clientId: unknown, clientSecret: string) => ({
	grantType: 'clientCredentials',
	accessTokenUrl,
	clientId,
	clientSecret,
	scope: '',
	authentication: 'body',
});

const GOOGLE_SCOPES = ['user', 'group'].map((what) => `https://www.googleapis.com/auth/admin.directory.${what}.readonly`);

const none = () => ({});

/** By the folder in workflows/sources; a test holds the two together. */
export const sources: Readonly<Record<string, SourceDetails>> = {
	bamboohr: {
		credentialType: 'httpBasicAuth',
		questions: { company: 'BambooHR: the part of your address before .bamboohr.com' },
		secret: 'BambooHR: an API key that may see all employees',
		credential: (_answers, secret) => ({ user: secret, password: 'x' }),
		settings: ({ company }) => ({ company }),
	},
	deel: {
		credentialType: 'httpBearerAuth',
		questions: {},
		secret: 'Deel: an API token that may read people',
		credential: (_answers, token) => ({ token }),
		settings: none,
	},
	hibob: {
		credentialType: 'httpBasicAuth',
		questions: { user: 'HiBob: the ID of the service user' },
		secret: 'HiBob: the token of the service user',
		credential: ({ user }, password) => ({ user, password }),
		settings: none,
	},
	personio: {
		credentialType: 'oAuth2Api',
		questions: { clientId: 'Personio: the client ID of the API credentials' },
		secret: 'Personio: the client secret',
		credential: ({ clientId }, secret) => clientCredentials('https://api.personio.de/v2/auth/token', clientId, secret),
		settings: none,
	},
	entra: {
		credentialType: 'microsoftEntraServicePrincipalApi',
		questions: { tenantId: 'Entra: the tenant ID (in the overview of the app registration)', clientId: 'Entra: the client ID (beside it)' },
		secret: 'Entra: a client secret of the app registration',
		credential: ({ tenantId, clientId }, clientSecret) => ({ authentication: 'clientSecret', tenantId, clientId, clientSecret }),
		settings: none,
	},
	'google-workspace': {
		credentialType: 'googleApi',
		questions: {
			email: 'Google: the address of the service account',
			admin: 'Google: the address of the administrator to impersonate',
		},
		secret: 'Google: the private key of the service account',
		credential: ({ email, admin }, privateKey) => ({
			email,
			privateKey,
			inpersonate: true,
			delegatedEmail: admin,
			httpNode: true,
			scopes: GOOGLE_SCOPES.join(' '),
		}),
		settings: none,
	},
	jumpcloud: {
		credentialType: 'httpHeaderAuth',
		questions: {},
		secret: 'JumpCloud: the API key of an administrator who may read only',
		credential: (_answers, value) => ({ name: 'x-api-key', value }),
		settings: none,
	},
	list: { questions: {}, credential: none, settings: none },
	okta: {
		credentialType: 'oktaApi',
		questions: { url: 'Okta: the address, such as https://company.okta.com' },
		secret: 'Okta: an API token of a Read-Only Administrator',
		credential: ({ url }, accessToken) => ({ url, accessToken }),
		settings: ({ url }) => ({ oktaUrl: url }),
	},
	onelogin: {
		credentialType: 'oAuth2Api',
		questions: {
			subdomain: 'OneLogin: the part of your address before .onelogin.com',
			clientId: 'OneLogin: the client ID of the API credential',
		},
		secret: 'OneLogin: the client secret',
		credential: ({ subdomain, clientId }, secret) =>
			clientCredentials(`https://${subdomain}.onelogin.com/auth/oauth2/v2/token`, clientId, secret),
		settings: ({ subdomain }) => ({ subdomain }),
	},
};
