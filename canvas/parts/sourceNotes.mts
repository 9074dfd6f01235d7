import type { Workflow } from '../workflow.mts';

/**
 * The notes that stand on every source of an HRIS: what it is and how it is set up, what comes out, and
 * how it finds out.
 *
 * @param vendor as admins call it
 * @param setUp steps, as Markdown
 * @param reading how the vendor is asked, as Markdown
 * @param readingSize of that note, in columns and rows
 */
export function sourceNotes(
	workflow: Workflow,
	{
		vendor,
		setUp,
		reading,
		readingSize = [4.1, 1],
	}: {
		vendor: string;
		setUp: string[];
		reading: string;
		readingSize?: [columns: number, rows: number];
	},
): void {
	const steps = [
		...setUp,
		'**Publish** this workflow. Then pick it in *onboarding*, *offboarding-lockdown* and *nightly-comparison*, in each node that asks for an HRIS source.',
	];
	workflow.note(
		'What it does',
		`
## ${workflow.name}
Other workflows ask this one what ${vendor} says now: about one person (\`person\`), or who has left since a day (\`leavers\`). It only reads.

### Set up
${steps.map((step, index) => `${index + 1}. ${step}`).join('\n')}
`,
		[-0.3, -1.65],
		[4.8, 1.3],
	);
	workflow.note(
		'What comes out',
		`
### What comes out
**person**: every record of this person, also others with the same address: one who is active in any of them has not left. \`found: false\` only where ${vendor} itself says that there is no such person.
**leavers**: who left, and the people an admin must check; the last item says whether the reading was complete.
**Anything else fails**: a rejected key, a page that is missing, a proxy's page. The workflow that asked then raises an alert. What ${vendor} does not give is left out, never empty.
`,
		[4.65, -1.65],
		[5.2, 0.95],
		4,
	);
	workflow.note('How it asks', `### How it asks\n${reading.trim()}`, [-0.3, 2.1], readingSize, 5);
}
