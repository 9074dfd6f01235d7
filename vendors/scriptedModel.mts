import type { AddressInfo } from 'node:net';

import fastify from 'fastify';
import { z } from 'zod';

/** What the model does next: it calls a tool, or it answers the user. */
export type Move = { call: string; with: Record<string, unknown> } | { say: string };

/**
 * A dialogue, move by move.
 * @param read what the tools have answered so far in this turn of the user, oldest first
 */
export type Script = ReadonlyArray<Move | ((read: string[]) => Move)>;

/** A chat model that says what a test decides, through OpenAI's API of chat completions. */
export interface ScriptedModel {
	/** Data of n8n's credential `openAiApi`. */
	readonly credential: Record<string, string>;
	/** Plays the script from its beginning. */
	play(script: Script): void;
	/** What the tools have answered in the newest request. */
	read(): string[];
	/** Names and descriptions of the tools that the newest request offers. */
	tools(): ReadonlyMap<string, string>;
	close(): Promise<void>;
}

const requestSchema = z.object({
	messages: z.array(z.object({ role: z.string(), content: z.unknown() })),
	tools: z.array(z.object({ function: z.object({ name: z.string(), description: z.string() }) })).default([]),
});

const textOf = (content: unknown): string => (typeof content === 'string' ? content : JSON.stringify(content));

/** Starts the model on 127.0.0.1. After the last move of its script, it says "Done." */
export async function startScriptedModel(): Promise<ScriptedModel> {
	let script: Script = [];
	let read: string[] = [];
	let tools = new Map<string, string>();
	let moves = 0;
	const server = fastify({ bodyLimit: 10_000_000, forceCloseConnections: true });

	server.post('/v1/chat/completions', async (request) => {
		const { messages, tools: offered } = requestSchema.parse(request.body);
		const lastAsked = messages.map(({ role }) => role).lastIndexOf('user');
		read = messages.slice(lastAsked + 1).filter(({ role }) => role === 'tool').map(({ content }) => textOf(content));
		tools = new Map(offered.map(({ function: { name, description } }) => [name, description]));
		const planned = script[moves] ?? { say: 'Done.' };
		moves += 1;
		return await Promise.resolve(completion(typeof planned === 'function' ? planned(read) : planned, moves));
	});

	await server.listen({ host: '127.0.0.1', port: 0 });
	const { port }: AddressInfo = addressOf(server.server.address());
	return {
		credential: { apiKey: 'scripted', url: `http://127.0.0.1:${port}/v1` },
		play: (next) => {
			script = next;
			moves = 0;
		},
		read: () => read,
		tools: () => tools,
		close: async () => await server.close(),
	};
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
	if (typeof address !== 'object' || address === null) throw new Error('The model has no port');
	return address;
}

/** An answer in the form of https://platform.openai.com/docs/api-reference/chat/object. */
function completion(move: Move, number: number): Record<string, unknown> {
	const message = 'say' in move
		? { role: 'assistant', content: move.say }
		: {
				role: 'assistant',
				content: null,
				tool_calls: [
					{ id: `call_${number}`, type: 'function', function: { name: move.call, arguments: JSON.stringify(move.with) } },
				],
			};
	return {
		id: `chatcmpl-${number}`,
		object: 'chat.completion',
		created: 1_700_000_000,
		model: 'scripted',
		choices: [{ index: 0, message, finish_reason: 'say' in move ? 'stop' : 'tool_calls' }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}
