import type { Question } from '../answers';
import { emailKey } from '../../scim/emailKey';
import type { StoredChange } from '../journal';
import type { StoredLink } from '../links';
import { linksOf } from '../links';
import { questionsOf } from './leaverFacts';

/** A question as an HRIS source takes it. */
export interface HrisQuestion extends Question {
	ask: 'person';
	companyId: string;
}

/**
 * What the HRIS is asked before events are decided on: about each employee, and about the others who are
 * linked to the same account. Each question once. A row that follows from a removal needs no answer.
 */
export function questionsAbout(rows: readonly StoredChange[], links: readonly StoredLink[]): HrisQuestion[] {
	const questions = rows
		.filter(({ kind }) => kind === 'leave')
		.flatMap((row) => {
			const { companyId } = row;
			return questionsOf(row, linksOf(row, links).others).map(
				({ employeeId, email }): HrisQuestion => ({ ask: 'person', employeeId, companyId, email }),
			);
		})
		.filter(({ employeeId, email }) => employeeId !== '' || email !== '');
	return [...new Map(questions.map((question) => [identityOf(question), question])).values()];
}

function identityOf({ employeeId, companyId, email }: HrisQuestion): string {
	return [companyId, employeeId, emailKey(email)].join('|');
}
