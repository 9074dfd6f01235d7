import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	OnError,
} from 'n8n-workflow';

import { NotionAdminApi } from '../../../credentials/NotionAdminApi.credentials.ts';
import { NotionScimApi } from '../../../credentials/NotionScimApi.credentials.ts';
import { NotionScim } from '../../../nodes/NotionScim/NotionScim.node.ts';
import { OWNER_EMAIL, startSandbox } from '../../../sandbox/server.mts';
import type { LoggedRequest, Sandbox, SandboxOptions } from '../../../sandbox/server.mts';
import { Engine } from '../runner/engine.mts';
import type { EnteredCredentials, NodeRun } from '../runner/engine.mts';
import { toFailure } from '../runner/failure.mts';
import type { Failure } from '../runner/failure.mts';
import { assertAsInSchema } from './outputSchemas.mts';

/** One use of the node, in the words of a user. */
export type NotionRunOptions = {
	/** Besides `resource` and `operation`. */
	parameters?: INodeParameters;
	/** The `json` of each input item; one empty item if left out. */
	items?: IDataObject[];
	/** Fields of the credential that differ from {@link NotionTest.credential}'s. */
	credential?: IDataObject;
	/** Whether the node has the credential of the Admin API as well. */
	withAdminApi?: boolean;
	/** Fields of that credential that differ from the sandbox's. */
	adminCredential?: IDataObject;
	/** ID of the execution; a new one if left out. */
	execution?: string;
	onError?: OnError;
	settings?: Partial<INode>;
	cancelSignal?: AbortSignal;
	/** Parts of the items went in as JSON text and come out so, which is as in no schema. */
	comesOutAsText?: boolean;
};

/** A credential that may do everything, so that a test states each guard that it is about. */
export const credentialFor = (
	{ scimUrl, token }: Pick<Sandbox, 'scimUrl' | 'token'>,
	overrides: IDataObject = {},
): EnteredCredentials => ({
	notionScimApi: { token, baseUrl: scimUrl, access: 'full', ...overrides },
});

let executions = 0;

/**
 * The node as one execution sees it. n8n numbers its executions, and the node counts removals by
 * that number; the runner calls every execution 1, so that tests would eat up each other's limit.
 *
 * @param onStart is given the node's own run: a canceled execution ends without waiting for it
 */
export const nodeOfOneExecution = (
	onStart: (run: Promise<unknown>) => void = () => {},
	execution?: string,
): INodeType => {
	executions += 1;
	const executionId = execution ?? `test-${executions}`;
	const node = new NotionScim();
	const { execute } = node;
	return Object.assign(node, {
		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			this.getExecutionId = () => executionId;
			const run = execute.call(this);
			onStart(run);
			return await run;
		},
	});
};

/** The node in n8n's engine, against a sandbox that each test finds fresh. */
export class NotionTest {
	readonly engine = new Engine({ credentialTypes: [new NotionScimApi(), new NotionAdminApi()] });
	#sandbox: Sandbox | undefined;
	#token = '';
	#nodeRun: Promise<unknown> = Promise.resolve();

	/** Settles when the node that was started last has nothing left to do. */
	get nodeRun(): Promise<unknown> {
		return this.#nodeRun;
	}

	get sandbox(): Sandbox {
		if (this.#sandbox === undefined) throw new Error('The sandbox runs only inside a test');
		return this.#sandbox;
	}

	/** An owner's token that nothing has been found out with yet; another one in each test. */
	get token(): string {
		return this.#token;
	}

	async start(options: SandboxOptions): Promise<void> {
		this.#sandbox = await startSandbox(options);
	}

	/** Back to the start, with a new token: what the node learns of a server it keeps by token. */
	renew(): void {
		this.sandbox.reset();
		this.#token = this.sandbox.workspace.addToken(OWNER_EMAIL);
	}

	async stop(): Promise<void> {
		await this.#sandbox?.close();
	}

	credential(overrides: IDataObject = {}): EnteredCredentials {
		return credentialFor({ scimUrl: this.sandbox.scimUrl, token: this.#token }, overrides);
	}

	/** @param operation as `user.remove` */
	async run(operation: string, options: NotionRunOptions = {}): Promise<NodeRun> {
		const [resourceName = '', operationName = ''] = operation.split('.');
		const { parameters, credential, withAdminApi, adminCredential, execution, comesOutAsText, ...rest } = options;
		const { adminToken: token, adminUrl: baseUrl } = this.sandbox;
		const run = await this.engine.runNode({
			...rest,
			node: nodeOfOneExecution((run) => {
				this.#nodeRun = run;
			}, execution),
			parameters: { resource: resourceName, operation: operationName, ...parameters },
			credentials: {
				...this.credential(credential),
				...(withAdminApi ? { notionAdminApi: { token, baseUrl, ...adminCredential } } : {}),
			},
		});
		if (!comesOutAsText) assertAsInSchema(operation, run.outputs.flat().flatMap(describedItems));
		return run;
	}

	/** The requests since the start of the test that were meant to change something. */
	writes(): LoggedRequest[] {
		return this.sandbox.requests.all().filter(({ method }) => method !== 'GET');
	}
}

/** For the top of a describe block: starts the sandbox once and renews it before each test. */
export const setUpNotion = (options: SandboxOptions = {}): NotionTest => {
	const notion = new NotionTest();
	beforeAll(async () => await notion.start(options));
	beforeEach(() => notion.renew());
	afterAll(async () => await notion.stop());
	return notion;
};

/** A failed item has nothing but the error; a raw resource, which Simplify gives when it is off, has what Notion sends. */
const describedItems = ({ json, error }: INodeExecutionData): IDataObject[] =>
	error !== undefined || 'error' in json || Array.isArray(json['schemas']) ? [] : [json];

/** The value of a resource locator. */
export const byEmail = (email: string): INodeParameters => ({
	__rl: true,
	mode: 'email',
	value: email,
});

export const byId = (id: string): INodeParameters => ({ __rl: true, mode: 'id', value: id });

/** The `json` of everything that an output holds; the first output if not said otherwise. */
export const jsons = ({ outputs }: Pick<NodeRun, 'outputs'>, output = 0): IDataObject[] =>
	(outputs[output] ?? []).map(({ json }) => json);

/** The one item that is expected. @throws Error where the run failed or gave another number */
export const onlyItem = (run: NodeRun): IDataObject => {
	if (run.error !== undefined) {
		throw new Error(`The run failed: ${run.error.message} ${run.error.description ?? ''}`);
	}
	const [item, ...others] = jsons(run);
	if (item === undefined || others.length > 0) {
		throw new Error(`One item was expected, not ${run.outputs[0]?.length ?? 0}`);
	}
	return item;
};

/** Why the run failed. @throws Error where it did not */
export const failureOf = (run: Pick<NodeRun, 'error' | 'status'>): Failure => {
	if (run.error === undefined) throw new Error(`The run did not fail: ${run.status}`);
	return run.error;
};

/** The errors that items carry, by position in the output. */
export const itemFailures = ({ outputs }: Pick<NodeRun, 'outputs'>, output = 0): Failure[] =>
	(outputs[output] ?? []).flatMap(({ error }) => (error === undefined ? [] : [toFailure(error)]));

/** Number of the input item that each output item comes from. */
export const pairs = ({ outputs }: Pick<NodeRun, 'outputs'>, output = 0): unknown[] =>
	(outputs[output] ?? []).map(({ pairedItem }) => pairedItem);
