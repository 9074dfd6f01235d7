import { z } from 'zod';

import { groupView } from '../views.mts';
import type { AdministrationRoute } from './administrationRoute.mts';
import { defined } from './defined.mts';

const newGroupSchema = z
	.object({
		displayName: z.string().min(1),
		members: z.array(z.string()).optional(),
		synced: z.boolean().optional(),
		onlyFullAccess: z.boolean().optional(),
	})
	.strict();

export const groupRoutes: AdministrationRoute[] = [
	{
		method: 'GET',
		path: '/groups',
		handle: ({ workspace }) => ({
			groups: workspace.groups().map((group) => ({
				...groupView(group, workspace),
				members: workspace.memberEmails(group.id),
			})),
		}),
	},
	{
		method: 'POST',
		path: '/groups',
		handle: ({ workspace }, { body }) =>
			groupView(workspace.addGroup(defined(newGroupSchema.parse(body))), workspace),
	},
];
