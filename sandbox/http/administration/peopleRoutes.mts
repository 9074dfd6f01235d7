import { z } from 'zod';

import { roles } from '../../workspace/account.mts';
import { WorkspaceRefusal } from '../../workspace/refusal.mts';
import { personView } from '../views.mts';
import type { AdministrationRoute } from './administrationRoute.mts';
import { defined } from './defined.mts';

const newPersonSchema = z
	.object({
		email: z.string(),
		name: z.string().optional(),
		role: z.enum(roles).optional(),
		secondaryEmails: z.array(z.string()).optional(),
		attributes: z.record(z.unknown()).optional(),
		groups: z.array(z.string()).optional(),
	})
	.strict();

const emailSchema = z.object({ email: z.string() });
const newRoleSchema = z.object({ email: z.string(), role: z.enum(roles) });
const seedSchema = z.object({ count: z.number().int().min(1).max(200_000) });

/** Members and guests. */
export const peopleRoutes: AdministrationRoute[] = [
	{
		method: 'GET',
		path: '/people',
		handle: ({ workspace }, { query }) => {
			const account = workspace.userByEmail(emailSchema.parse(query).email);
			if (!account) throw new WorkspaceRefusal('unknownPerson', 'No one has this address');
			return { ...personView(account, workspace), privatePages: account.privatePages };
		},
	},
	{
		method: 'POST',
		path: '/members',
		handle: ({ workspace }, { body }) =>
			personView(workspace.addUser(defined(newPersonSchema.parse(body))), workspace),
	},
	{
		method: 'POST',
		path: '/guests',
		handle: ({ workspace }, { body }) =>
			personView(workspace.addGuest(defined(newPersonSchema.parse(body))), workspace),
	},
	{
		method: 'POST',
		path: '/people/remove',
		handle: ({ workspace }, { body }) =>
			personView(workspace.removeUser(emailSchema.parse(body).email), workspace),
	},
	{
		method: 'POST',
		path: '/people/role',
		handle: ({ workspace }, { body }) => {
			const { email, role } = newRoleSchema.parse(body);
			return personView(workspace.changeRole(email, role), workspace);
		},
	},
	{
		method: 'POST',
		path: '/people/seed',
		handle: ({ workspace, seedPeople }, { body }) => {
			seedPeople(seedSchema.parse(body).count);
			return { memberCount: workspace.members().length };
		},
	},
];
