/** What happened to a row, or to the chain, that no workflow of this package does. */
export type FindingKind = 'removed' | 'added' | 'edited' | 'reordered' | 'chain';

export interface Finding {
	kind: FindingKind;
	/** ID of the row; undefined where it is about the chain. */
	row?: number;
	/** A sentence that names the row or the seal. */
	text: string;
}
