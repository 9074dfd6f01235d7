import { claim, endClaims } from '../../canvas/parts/claim.mts';
import { Workflow } from '../../canvas/workflow.mts';

/** Where the workflow below listens. */
export const CREATE_ONCE_PATH = 'create-once';

/**
 * A workflow that creates a member for each event, behind the claim that the project's workflows
 * share. Creating is not idempotent: a second effect is a second request at Notion.
 */
export function createOnce(): Workflow {
	const workflow = new Workflow('Create once');
	const hook = workflow.add({
		name: 'Hook',
		type: 'webhook',
		version: 2,
		parameters: { httpMethod: 'POST', path: CREATE_ONCE_PATH, options: {} },
		at: [0, 0],
	});
	const events = workflow.add({
		name: 'Events',
		type: 'code',
		version: 2,
		parameters: {
			jsCode: 'return $input.all().map(({ json: { body } }) => ({ json: { ...body, claimKey: body.eventId } }));',
		},
		at: [1, 0],
	});
	const { first, last } = claim(workflow, [2, 0]);
	const create = workflow.add({
		name: 'Create member',
		type: 'n8n-nodes-notion-scim.notionScim',
		version: 1,
		parameters: { resource: 'user', operation: 'create', email: '={{ $json.email }}' },
		at: [8, 0],
	});
	const done = endClaims(workflow, 'Claims done', [9, 0], 'done');
	workflow.chain(hook, events, first);
	workflow.chain(last, create, done);
	return workflow;
}
