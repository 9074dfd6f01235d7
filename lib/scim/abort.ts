/**
 * Node warns of a leak at the eleventh listener of one signal, and one execution may have hundreds of
 * requests waiting. So each signal gets a single listener, which calls all the others.
 */
const listenersOf = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls the listener once, when the signal aborts.
 * @returns a function that removes the listener
 */
export function onAbort(signal: AbortSignal | undefined, listener: () => void): () => void {
	if (!signal) return () => undefined;
	const listeners = listenersOf.get(signal) ?? listenTo(signal);
	listeners.add(listener);
	return () => {
		listeners.delete(listener);
	};
}

function listenTo(signal: AbortSignal): Set<() => void> {
	const listeners = new Set<() => void>();
	listenersOf.set(signal, listeners);
	const callAll = () => {
		for (const listener of [...listeners]) listener();
		listeners.clear();
	};
	signal.addEventListener('abort', callAll, { once: true });
	return listeners;
}
