import type { FastifyInstance } from 'fastify';

import type { ScimServerParts } from './scimServer.mts';

/** Changes within this time become one event, so that a bulk change does not flood the page. */
const GATHER_MS = 80;

/** The changes since the last event: topics, and the ids of the people concerned. */
export interface LiveEvent {
	topics: string[];
	people: string[];
}

/** Maximum number of ids in one event; the page shows no more rows than that. */
const MAX_PEOPLE = 200;

/**
 * Adds `GET /sandbox/api/events`: server-sent events named `change` with a LiveEvent each. The
 * first one, with no topics, comes at once.
 */
export const addLiveEvents = (
	server: FastifyInstance,
	{ workspace, board, log }: Pick<ScimServerParts, 'workspace' | 'board' | 'log'>,
): { close: () => void } => {
	const listeners = new Set<(event: LiveEvent) => void>();
	const closers = new Set<() => void>();
	let topics = new Set<string>();
	let people = new Set<string>();
	let timer: NodeJS.Timeout | undefined;

	const tell = () => {
		timer = undefined;
		const event = { topics: [...topics], people: [...people].slice(-MAX_PEOPLE) };
		topics = new Set();
		people = new Set();
		for (const listener of listeners) listener(event);
	};
	const note = (topic: string, ids: string[]) => {
		if (listeners.size === 0) return;
		topics.add(topic);
		if (topic === 'members') for (const id of ids) people.add(id);
		timer ??= setTimeout(tell, GATHER_MS);
	};
	workspace.changes.on('change', ({ topic, ids }) => note(topic, ids));
	board.changes.on('change', () => note('switches', []));
	log.added.on('request', () => note('requests', []));

	server.get('/sandbox/api/events', { sse: 'only' }, async (_request, reply) => {
		reply.sse.keepAlive();
		const listener = (event: LiveEvent) => {
			if (!reply.sse.isConnected) return;
			// A page that has just disconnected needs no event.
			reply.sse.send({ event: 'change', data: event }).catch(() => listeners.delete(listener));
		};
		const close = () => reply.sse.close();
		listeners.add(listener);
		closers.add(close);
		reply.sse.onClose(() => {
			listeners.delete(listener);
			closers.delete(close);
		});
		await reply.sse.send({ event: 'change', data: { topics: [], people: [] } });
	});

	return {
		close: () => {
			clearTimeout(timer);
			for (const close of [...closers]) close();
		},
	};
};
