import { z } from 'zod';

import { workspaceView } from '../views.mts';
import type { AdministrationRoute } from './administrationRoute.mts';

const searchSchema = z.object({ search: z.string().optional() });
const domainSchema = z.object({ domain: z.string() });

/** The workspace as a whole. */
export const workspaceRoutes: AdministrationRoute[] = [
	{
		method: 'GET',
		path: '/state',
		handle: ({ workspace }, { query }) => workspaceView(workspace, searchSchema.parse(query).search),
	},
	{
		method: 'POST',
		path: '/domains',
		handle: ({ workspace }, { body }) => {
			workspace.verifiedDomains.add(domainSchema.parse(body).domain.toLowerCase());
		},
	},
];
