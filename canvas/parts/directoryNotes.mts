import type { Workflow } from '../workflow.mts';

/**
 * The notes that stand on every directory source that reads in rounds: what it is and how it is set up,
 * what comes out, and how it reads.
 *
 * @param vendor as admins call it
 * @param setUp steps, as Markdown
 * @param reading how the vendor is read, as Markdown
 */
export function directoryNotes(
	workflow: Workflow,
	{ vendor, setUp, reading }: { vendor: string; setUp: string[]; reading: string },
): void {
	const steps = [
		...setUp,
		'**Publish** this workflow. Then pick it wherever a directory source is asked for.',
	];
	workflow.note(
		'What it does',
		`
## ${workflow.name}
*directory-sync* and the others ask here who there is in ${vendor} (\`everybody\`). It only reads.

### Set up
${steps.map((step, index) => `${index + 1}. ${step}`).join('\n')}
`,
		[-0.3, -1.1],
		[3.3, 1.25],
	);
	workflow.note(
		'What comes out',
		`
### What comes out
One item for each person, with their groups, then the **manifest**: what was read, and whether it is whole.
A page that fails is tried three times. If it still fails, what could be read comes out, and the manifest says that it is **not complete**: then nobody is removed.
Only somebody whom ${vendor} itself says to be gone is \`inactive\`. **Locked out is not a leaver, suspended is reported.** What ${vendor} does not give is left out, never empty.
`,
		[3.05, -1.1],
		[3.05, 1.25],
		4,
	);
	workflow.note('How it reads', `### How it reads\n${reading.trim()}`, [-0.3, 2.55], [6.4, 0.8], 5);
}
