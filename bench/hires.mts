import { joinerByHand } from './lifecycle/byHand.mts';
import { startCompany } from './lifecycle/company.mts';
import { runRace } from './lifecycle/race.mts';

/** Of *Departments and Groups* of the workflow, for the department of those who are hired here. */
const GROUPS = ['All Staff', 'Engineering'];

/** From the webhook until a joiner is a member, in the groups of the department. */
export async function hires(folder: string, people: number): Promise<void> {
	console.log('▸ Starting a company with Notion, BambooHR and n8n …');
	const company = await startCompany(folder);
	try {
		const { sandbox, hris } = company.world;
		const { workspace } = sandbox;
		const ids = GROUPS.map((name) => workspace.groupByName(name)?.id ?? workspace.addGroup({ displayName: name }).id);
		const byHand = await company.byHand(joinerByHand(ids));
		const ours = company.onboarding();
		let entered = 0;
		const emailOf = (employeeId: string) => `joiner.${employeeId}@example.com`;
		const enter = () => {
			const id = String(6_000 + entered++);
			const names = { givenName: 'Jo', familyName: `Iner ${id}` };
			hris.staff.setEmployee({ id, email: emailOf(id), ...names, department: 'Engineering', startDate: '2024-01-01' });
			return id;
		};
		const doneAt = (employeeId: string) => {
			const groups = [...workspace.groupNames(emailOf(employeeId))];
			return GROUPS.every((name) => groups.includes(name)) ? Date.now() : undefined;
		};
		for (const atOnce of [1, 10]) {
			await runRace(company, [byHand, ours], { title: 'Membership and groups of a joiner', people, atOnce, enter, doneAt });
		}
	} finally {
		await company.stop();
	}
}
