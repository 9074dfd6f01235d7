import type { OffboardingWorld } from './offboardingWorld.mts';

/** By default n8n makes a sandbox for the expressions of every execution, which takes it 60 ms. */
export const FAST = { N8N_EXPRESSION_ENGINE: 'legacy' };

const DAY = 86_400_000;

/** Members of the workspace whose last day was yesterday. */
export interface Leavers {
	/** Addresses of those who are members still. */
	members(): string[];
	idOf(email: string): string;
	/** What BambooHR sends about all of them, with so many employees in each delivery. */
	deliveries(inOne: number): object[];
}

/** Their names hold what a page must not take for HTML. */
export function addLeavers({ hris, sandbox }: OffboardingWorld, count: number): Leavers {
	const ids = new Map<string, string>();
	const lastDay = new Date(Date.now() - DAY).toISOString().slice(0, 10);
	for (let index = 0; index < count; index += 1) {
		const id = String(1000 + index);
		const email = `leaver${index}@example.com`;
		ids.set(email, id);
		hris.staff.setEmployee({
			id,
			email,
			givenName: 'Lea',
			familyName: `<b>${index}</b>`,
			startDate: '2024-01-01',
		});
		hris.staff.terminate(id, lastDay);
		sandbox.workspace.addUser({ email, name: `Lea ${index}` });
	}
	return {
		members: () => [...ids.keys()].filter((email) => sandbox.workspace.isMember(email)),
		idOf: (email) => ids.get(email) ?? '',
		deliveries: (inOne) => {
			const all = [...ids.values()];
			return Array.from({ length: Math.ceil(count / inOne) }, (_, index) => ({
				employees: all
					.slice(index * inOne, (index + 1) * inOne)
					.map((id) => ({ id, action: 'Updated', changedFields: ['status'], fields: {} })),
			}));
		},
	};
}

/** How many rows have which outcome. */
export function countsOf(rows: Record<string, unknown>[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { outcome } of rows) counts[String(outcome)] = (counts[String(outcome)] ?? 0) + 1;
	return counts;
}
