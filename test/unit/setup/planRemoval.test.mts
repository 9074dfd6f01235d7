import { markOf } from '../../../setup/src/plan/mark.mts';
import { planRemoval, type RemovalStep } from '../../../setup/src/plan/planRemoval.mts';
import { afterwards, wantedFor } from './setupWorld.mts';

const before = afterwards(wantedFor());
const choice = { overwrite: new Set<string>(), tables: false };

const theirs = before.workflows.slice(0, 1).map((one) => ({ ...one, id: 'theirs', name: 'Theirs', staticData: {}, nodes: [], tags: [] }));

const kinds = (steps: readonly RemovalStep[], kind: RemovalStep['kind']) => steps.filter((step) => step.kind === kind);

describe('what is taken away', () => {
	it('is what was made here, callers first, and the tables only if asked for', () => {
		const steps = planRemoval({ ...before, workflows: [...theirs, ...before.workflows] }, choice);
		const deleted = steps.flatMap((step) => (step.kind === 'deleteWorkflow' ? [markOf(step.workflow)?.workflow] : []));
		expect(deleted).toEqual(wantedFor().workflows.map(({ key }) => key).reverse());
		expect(kinds(steps, 'deleteCredential')).toHaveLength(before.credentials.size);
		expect(kinds(steps, 'deleteTag')).toHaveLength(1);
		expect(kinds(steps, 'leaveTable')).toHaveLength(7);
		expect(kinds(planRemoval(before, { ...choice, tables: true }), 'deleteTable')).toHaveLength(7);
	});

	it('is no workflow that a person has changed, and no credential that one uses', () => {
		const workflows = before.workflows.map((one) => (markOf(one)?.workflow === 'onboarding' ? { ...one, name: 'Ours' } : one));
		const steps = planRemoval({ ...before, workflows }, choice);
		expect(kinds(steps, 'leaveWorkflow')).toEqual([expect.objectContaining({ key: 'onboarding' })]);
		const names = steps.flatMap((step) => (step.kind === 'deleteCredential' ? [step.credential.name] : []));
		expect(names).not.toContain('Notion SCIM: no removals');
		expect(names).toContain('Notion SCIM: full access');
		expect(kinds(steps, 'deleteTag')).toEqual([]);
		expect(kinds(planRemoval({ ...before, workflows }, { ...choice, overwrite: new Set(['onboarding']) }), 'leaveWorkflow')).toEqual([]);
	});

	it('is nothing in an n8n where nothing was made', () => {
		expect(planRemoval({ ...before, workflows: theirs, credentials: new Map(), tags: [] }, choice)).toEqual([]);
	});
});
