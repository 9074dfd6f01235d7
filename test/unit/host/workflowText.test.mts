import { workflowText } from '../../../host/workflowText.mts';

const node = { name: 'Store events', type: 'n8n-nodes-base.dataTable', typeVersion: 1, position: [240, 0] };
const call = {
	name: 'Raise alert',
	type: 'n8n-nodes-base.executeWorkflow',
	typeVersion: 1.3,
	position: [480, 0],
	parameters: {
		workflowId: { __rl: true, mode: 'list', value: 'AbC123', cachedResultName: 'Alerts', cachedResultUrl: '/workflow/AbC123' },
		workflowInputs: { value: {} },
	},
};
const note = { name: 'Note', type: 'n8n-nodes-base.stickyNote', typeVersion: 1, position: [900, 0], parameters: { content: 'Text' } };

const file = (nodes: unknown[], more: object = {}): unknown => ({ name: 'Onboarding', nodes, connections: {}, ...more });

it('is the same for the same canvas, in whatever order and with whatever IDs an n8n gives it', () => {
	const one = workflowText(file([{ ...node, id: 'a', parameters: { b: 1, a: 2 } }, { ...call, id: 'b' }, { ...note, id: 'c' }]));
	const other = workflowText(
		file([{ ...note, id: 'x' }, { ...call, id: 'y' }, { ...node, id: 'z', parameters: { a: 2, b: 1 } }], {
			pinData: { 'Store events': [{ json: { email: 'ada@example.com' } }] },
			staticData: { at: 1 },
			meta: { instanceId: '1234' },
			id: '77',
			active: true,
		}),
	);
	expect(other).toBe(one);
	expect(one).not.toMatch(/pinData|instanceId|staticData|ada@example/);
});

it('keeps no credential, no address of a webhook and no picked sub-workflow', () => {
	const text = workflowText(
		file([{ ...node, parameters: {}, webhookId: 'w-1', credentials: { notionScimApi: { id: '1', name: 'Mine' } } }, call]),
	);
	expect(text).not.toMatch(/w-1|Mine|AbC123|cachedResult|workflowInputs/);
	expect(text).toContain('"value": ""');
});

it('keeps the columns of a Data Table only where a node chooses among them', () => {
	const schema = [{ id: 'state', type: 'string' }];
	const rows = (columns: object): unknown => ({ ...node, parameters: { operation: 'upsert', columns } });
	const whole = workflowText(file([rows({ mappingMode: 'autoMapInputData', schema })]));
	const chosen = workflowText(file([rows({ mappingMode: 'defineBelow', value: { state: 'done' }, schema })]));
	expect(whole).toContain('"schema": []');
	expect(chosen).toContain('"id": "state"');
});

it('changes nothing when it is read and written once more', () => {
	const once = workflowText(file([note, call, { ...node, parameters: {} }]));
	expect(workflowText(JSON.parse(once))).toBe(once);
});
