import { z } from 'zod';

import { describeSwitches } from '../../switches.mts';
import { faultRuleSchema } from '../faults.mts';
import type { AdministrationRoute } from './administrationRoute.mts';
import { defined } from './defined.mts';

const settingsSchema = z.object({}).passthrough();

const requestsSchema = z.object({
	last: z.coerce.number().int().positive().default(200),
	api: z.enum(['scim', 'admin']).default('scim'),
});

/** The sandbox itself: how it behaves, and what it was asked. */
export const emulationRoutes: AdministrationRoute[] = [
	{
		method: 'GET',
		path: '/switches',
		handle: ({ board }) => ({ values: board.current, switches: describeSwitches() }),
	},
	{
		method: 'PATCH',
		path: '/switches',
		handle: ({ board }, { body }) => ({ values: board.set(settingsSchema.parse(body)) }),
	},
	{
		method: 'GET',
		path: '/faults',
		handle: ({ faults }) => ({ faults: faults.all() }),
	},
	{
		method: 'POST',
		path: '/faults',
		handle: ({ faults }, { body }) => {
			faults.add(defined(faultRuleSchema.parse(body)));
		},
	},
	{
		method: 'DELETE',
		path: '/faults',
		handle: ({ faults }) => {
			faults.clear();
		},
	},
	{
		method: 'GET',
		path: '/requests',
		handle: ({ log, adminLog }, { query }) => {
			const { last, api } = requestsSchema.parse(query);
			const asked = api === 'scim' ? log : adminLog;
			return { total: asked.count(), counters: asked.counters(), requests: asked.latest(last) };
		},
	},
	{
		method: 'DELETE',
		path: '/requests',
		handle: ({ log, adminLog }) => {
			log.clear();
			adminLog.clear();
		},
	},
	{
		method: 'POST',
		path: '/reset',
		handle: ({ reset }) => {
			reset();
		},
	},
];
