import type { ScimRequest, ScimResponse, Transport } from '../../../lib/scim/transport.ts';
import { TransportFailure } from '../../../lib/scim/transport.ts';

/** An answer, a failure of the network, or a function for what happens in between. */
export type ScriptedAnswer =
	| Partial<ScimResponse>
	| TransportFailure
	| ((request: ScimRequest) => ScriptedAnswer);

/** A server whose answers are written down beforehand. It answers in the order of the requests. */
export class ScriptedTransport implements Transport {
	readonly requests: ScimRequest[] = [];
	readonly #answers: ScriptedAnswer[];

	constructor(answers: ScriptedAnswer[]) {
		this.#answers = [...answers];
	}

	/** Answers that no one asked for. */
	get left(): number {
		return this.#answers.length;
	}

	/** The requests as `METHOD path`. */
	get log(): string[] {
		return this.requests.map(({ method, path }) => `${method} ${path}`);
	}

	async send(request: ScimRequest): Promise<ScimResponse> {
		this.requests.push(request);
		let answer = this.#answers.shift();
		while (typeof answer === 'function') answer = answer(request);
		if (answer === undefined) {
			throw new Error(`No answer is written for ${request.method} ${request.path}`);
		}
		if (answer instanceof TransportFailure) throw answer;
		return { status: 200, headers: {}, body: '', ...answer };
	}
}

export const json = (body: unknown, status = 200): ScriptedAnswer => ({
	status,
	headers: { 'content-type': 'application/scim+json' },
	body: JSON.stringify(body),
});

export const userList = (rows: unknown[], total = rows.length): ScriptedAnswer =>
	json({ totalResults: total, Resources: rows });

/** What the control reading gets from a server that is well. */
export const controlAnswer = userList([{ id: '1', userName: 'owner@example.com' }], 7);
