import { leaverByHand } from './lifecycle/byHand.mts';
import { startCompany } from './lifecycle/company.mts';
import { runRace } from './lifecycle/race.mts';

/** Removals of the same day that are in the journal before. */
const EARLIER = 130;
const DAY = 86_400_000;

/** From the webhook to the end of the session of a leaver. */
export async function lockdown(folder: string, people: number): Promise<void> {
	console.log('▸ Starting a company with Notion, BambooHR and n8n …');
	const company = await startCompany(folder);
	try {
		const { sandbox, hris } = company.world;
		const byHand = await company.byHand(leaverByHand());
		const ours = await company.offboarding();
		await company.addEarlierRemovals(EARLIER);
		const yesterday = new Date(Date.now() - 2 * DAY).toISOString().slice(0, 10);
		let entered = 0;
		const emailOf = (employeeId: string) => `leaver.${employeeId}@example.com`;
		const enter = () => {
			const id = String(5_000 + entered++);
			const email = emailOf(id);
			hris.staff.setEmployee({ id, email, givenName: 'Lea', familyName: `Ver ${id}`, startDate: '2024-01-01' });
			hris.staff.terminate(id, yesterday);
			sandbox.workspace.addUser({ email, name: `Lea Ver ${id}` });
			sandbox.workspace.addSession(email);
			return id;
		};
		const doneAt = (employeeId: string) => sandbox.workspace.lastSessionEndedAt(emailOf(employeeId)) ?? undefined;
		for (const atOnce of [1, 10]) {
			await runRace(company, [byHand, ours], { title: 'Session end of a leaver', people, atOnce, enter, doneAt });
		}
	} finally {
		await company.stop();
	}
}
