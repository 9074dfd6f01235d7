import type { Switches } from '../switches.mts';
import type { Workspace, WorkspaceView } from '../workspace/workspace.mts';

interface PastState {
	view: WorkspaceView;
	/** Epoch milliseconds of the write that ended it. */
	endedAt: number;
	/** Reads since then. */
	reads: number;
}

/** The data that reads see while they lag behind writes: people and groups as they were before. */
export class ReadLag {
	/** Oldest first. */
	#past: PastState[] = [];

	/** Must be called before a write is carried out. */
	keep(workspace: Workspace, { readLag }: Readonly<Switches>, now: number): void {
		if (readLag === 'none') return;
		this.#past.push({ view: workspace.snapshot(), endedAt: now, reads: 0 });
	}

	/** The data that one read sees; the call counts as one read. */
	view(workspace: Workspace, { readLag }: Readonly<Switches>, now: number): WorkspaceView {
		this.#past = this.#past.filter(({ endedAt, reads }) => {
			if (readLag === 'none') return false;
			return 'reads' in readLag ? reads < readLag.reads : now - endedAt < readLag.milliseconds;
		});
		for (const state of this.#past) state.reads += 1;
		return this.#past[0]?.view ?? workspace;
	}

	/** Ends the read lag: from now on reads see everything. */
	catchUp(): void {
		this.#past = [];
	}
}
