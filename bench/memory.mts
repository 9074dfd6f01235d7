import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Processes that this one has started, and those that they have started, by ID. Linux only. */
function descendants(): number[] {
	const parents = readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.flatMap((name) => {
			const parent = field(Number(name), 'PPid');
			return parent === undefined ? [] : [[Number(name), parent] as const];
		});
	const found = new Set([process.pid]);
	// A child has started after its parent, but numbers begin anew some day: so as often as something is found.
	for (let before = 0; before < found.size; ) {
		before = found.size;
		for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
	}
	found.delete(process.pid);
	return [...found];
}

/** Lets the peaks of all processes that were started begin anew (proc(5), `clear_refs`). */
export function forgetPeaks(): void {
	for (const pid of descendants()) writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** The most megabytes that one of the processes has had in memory since: n8n, or its runner of code. */
export function peakMegabytes(): number {
	const peaks = descendants().map((pid) => (field(pid, 'VmHWM') ?? 0) / 1024);
	return Math.round(Math.max(0, ...peaks));
}

/** A number of /proc/…/status; sizes are in kilobytes. Undefined where the process is over. */
function field(pid: number, name: string): number | undefined {
	try {
		const value = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
		return value === undefined ? undefined : Number(value);
	} catch {
		return undefined;
	}
}
