import type { INodeProperties } from 'n8n-workflow';

/** Where a model hands in the change that a person approved. Only the tool has it. */
export const plannedChange: INodeProperties = {
	displayName: 'Planned Change',
	name: 'plannedChange',
	type: 'string',
	default: '',
	placeholder: 'e.g. Remove a user from the workspace. User: ada@example.com …',
	description:
		'The plannedChange of the tool that planned, word for word. Let the model define it, and put a human review step that shows it between this tool and the agent. Without both, the tool only plans.',
	displayOptions: { show: { '@tool': [true] } },
};
