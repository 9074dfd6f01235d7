import { isPrivilegedRole } from '../../directory/guards/guards';
import type { Decision, FoundMember, Member } from '../decision';
import { isSameAddress } from '../employees';
import { alertOf, askPerson, ignoreAll, tryLater } from './joinerDecisions';
import type { JoinerView } from './joinerView';

/** What follows once a member was looked up. */
type Then = (found: FoundMember) => Decision;

/** Failures of a lookup that an admin must resolve; all others may be transient. */
const FOR_PERSON = ['ambiguous', 'invalidInput', 'refused', 'accessDenied'];

/** A change needs a member, and never writes to one who manages the workspace. */
export function thenUpdate(view: JoinerView, decision: Decision): Then {
	return orFailure(view, (member) => {
		if (!member) {
			return ignoreAll(view, 'No member of the workspace is this person, and a change never makes a member.');
		}
		if (isOtherAddress(view, member)) return otherAddress(view, member);
		if (isPrivilegedRole(member.role)) {
			return ignoreAll(view, `${member.email} is ${member.role} in Notion, and is not written to.`);
		}
		return forMember(decision, member);
	});
}

/** A hire whose link has another address than the HRIS: one of them is wrong, or the person was renamed. */
export function thenProvision(view: JoinerView, decision: Decision): Then {
	return orFailure(view, (member) => {
		if (member && isOtherAddress(view, member)) return otherAddress(view, member);
		return forMember(decision, member);
	});
}

/** A person who does not begin but is a member all the same raises an alert. */
export function thenWithdraw(view: JoinerView, decision: Decision): Then {
	return orFailure(view, (member) => {
		if (!member) return decision;
		const why = `The HRIS reported "${view.event}", but says that this person does not work there. ${member.email} is a member of the workspace. Look whether that is right.`;
		const rows = decision.rows.map((row) =>
			'id' in row && row.id === view.facts.row.id ? { ...row, outcome: 'refused', reason: why } : row,
		);
		return { ...decision, operation: 'askPerson', why, rows, alert: alertOf(view, why) };
	});
}

function orFailure(view: JoinerView, then: (member: Member | undefined) => Decision): Then {
	return (found) => {
		if (!('failure' in found)) return then(found.member);
		const { kind, text } = found.failure;
		return FOR_PERSON.includes(kind) ? askPerson(view, text) : tryLater(view, text);
	};
}

function isOtherAddress({ address }: JoinerView, member: Member): boolean {
	return address !== undefined && !isSameAddress(member.email, address);
}

function otherAddress(view: JoinerView, member: Member): Decision {
	return askPerson(
		view,
		`The address differs from the linked one: the HRIS has ${view.address ?? 'none'}, and the account in Notion is ${member.email}. Nothing was written. Change the address in Notion, or correct it in the HRIS.`,
	);
}

/** The row that is acted on names the account. */
function forMember(decision: Decision, member: Member | undefined): Decision {
	const userId = member?.id ?? '';
	return {
		...decision,
		subject: { ...decision.subject, userId },
		rows: decision.rows.map((row) => (row.state === 'intended' ? { ...row, userId } : row)),
	};
}
