import { ICredentialsHelper, NodeHelpers } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialType,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';
import { z } from 'zod';

/** An expression in a field may give anything. */
const credentialValues = z.record(
	z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.record(z.string())]),
);

const requestSections = z.record(z.union([z.string(), z.number(), z.boolean()]));

const isFullRequest = (
	request: IHttpRequestOptions | IRequestOptionsSimplified,
): request is IHttpRequestOptions => 'url' in request && typeof request.url === 'string';

/**
 * Stands where n8n's server keeps its credentials: it holds them in memory, fills in the defaults
 * of the credential type's fields and applies the type's own `authenticate`, generic or a function,
 * to the request. Like n8n, it writes the resolved header into the request options it is given.
 *
 * OAuth and `preAuthentication` (tokens fetched before the request) are not offered.
 */
export class CredentialStore extends ICredentialsHelper {
	readonly #types: Map<string, ICredentialType>;
	readonly #values: Record<string, IDataObject>;

	/**
	 * @param types the credential types known to the engine
	 * @param values what the user entered, by name of the credential type
	 */
	constructor(types: ICredentialType[], values: Record<string, IDataObject>) {
		super();
		this.#types = new Map(types.map((type) => [type.name, type]));
		this.#values = values;
	}

	/** What a node's `credentials` has to hold so that it finds the credentials kept here. */
	references(): Record<string, INodeCredentialsDetails> {
		return Object.fromEntries(
			Object.keys(this.#values).map((name) => [name, { id: name, name: `My ${name}` }]),
		);
	}

	getParentTypes(name: string): string[] {
		const parents = this.#type(name).extends ?? [];
		return parents.flatMap((parent) => [parent, ...this.getParentTypes(parent)]);
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		request: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		if (!isFullRequest(request)) throw new Error('A request to authenticate needs a url');
		const { authenticate } = this.#type(typeName);
		if (authenticate === undefined) return request;
		if (typeof authenticate === 'function') return await authenticate(credentials, request);
		if (workflow === undefined || node === undefined) {
			throw new Error('Generic authentication resolves expressions, which needs a workflow and a node');
		}

		const resolve = (value: string | number | boolean) => {
			if (typeof value !== 'string' || !value.startsWith('=')) return value;
			const key = { $credentials: credentials };
			const resolved = workflow.expression.getSimpleParameterValue(
				node, value, 'internal', key, undefined, '',
			);
			return String(resolved ?? '');
		};
		const resolveSection = (section: unknown): IDataObject =>
			Object.fromEntries(
				Object.entries(requestSections.parse(section ?? {})).map(([name, value]) => [
					String(resolve(name)),
					resolve(value),
				]),
			);

		const { headers, qs, body, auth } = authenticate.properties;
		request.headers = Object.assign(request.headers ?? {}, resolveSection(headers));
		if (qs !== undefined) request.qs = Object.assign(request.qs ?? {}, resolveSection(qs));
		if (body !== undefined) request.body = Object.assign(request.body ?? {}, resolveSection(body));
		if (auth !== undefined) {
			const { username, password } = resolveSection(auth);
			request.auth = { username: String(username), password: String(password) };
		}
		return request;
	}

	async preAuthentication(
		_helpers: unknown,
		_credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<undefined> {
		if (this.#type(typeName).preAuthentication !== undefined) {
			throw new Error(`preAuthentication of ${typeName} is not offered by this engine runner`);
		}
	}

	async runPreAuthentication(): Promise<undefined> {}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Encrypted credentials are not offered by this engine runner');
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_reference: INodeCredentialsDetails,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject> {
		const entered = this.#values[typeName];
		if (entered === undefined) throw new Error(`No credential of type ${typeName} was given`);
		const withDefaults = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(typeName),
			credentialValues.parse(entered),
			true,
			false,
			null,
			null,
		);
		return credentialValues.parse(withDefaults);
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}

	getCredentialsProperties(typeName: string): INodeProperties[] {
		const type = this.#type(typeName);
		const inherited = (type.extends ?? []).flatMap((parent) =>
			this.getCredentialsProperties(parent),
		);
		return [...inherited, ...type.properties];
	}

	#type(name: string): ICredentialType {
		const type = this.#types.get(name);
		if (type === undefined) throw new Error(`The credential type ${name} is not registered`);
		return type;
	}
}
