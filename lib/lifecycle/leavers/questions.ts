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
 * The questions to the HRIS before events are decided: about each employee, and about the others who are
 * linked to the same account, without duplicates. A row that follows from a removal needs no answer.
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
