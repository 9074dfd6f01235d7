/** Who can be asked: present in the directory, and not away for months. */
const CAN_ANSWER = ['active', 'unknown'];

/** Why somebody who is named as a reviewer is not asked, as the end of a sentence. */
const AWAY = {
	inactive: 'has left',
	onLeave: 'is on leave',
	suspended: 'is suspended',
	notStarted: 'has not started yet',
};

/**
 * The people of the directory by each of their primary addresses. Of several entries with one address
 * an active one counts.
 */
function peopleByAddress(persons) {
	const byAddress = new Map();
	for (const person of persons) {
		const key = emailKey(person.email);
		if (key === '') continue;
		const known = byAddress.get(key);
		if (known && isPresent(known)) continue;
		byAddress.set(key, person);
	}
	return byAddress;
}

function isPresent({ active, status }) {
	return active !== false && CAN_ANSWER.includes(status ?? 'active');
}

/** Every address of a row's person, in comparable form. */
function addressesOf(row) {
	return [row.email, ...listOf(row.otherEmails)].map(emailKey).filter((key) => key !== '');
}

/** A list, or what a table made of one. */
function listOf(value) {
	if (Array.isArray(value)) return value;
	return String(value ?? '')
		.split(',')
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
}

/** Whether the reviewer is the person of the row, under whichever of their addresses. */
function isSelf(reviewer, row, byAddress = new Map()) {
	const record = byAddress.get(emailKey(reviewer));
	const own = [reviewer, record?.email, ...listOf(record?.secondaryEmails)].map(emailKey);
	const theirs = addressesOf(row);
	return own.some((key) => key !== '' && theirs.includes(key));
}

/**
 * Who is asked about a row, one after the other, and why somebody is passed over.
 *
 * Privileged people are reviewed by the security reviewer. Everybody else by their manager, then the
 * manager's manager; where there is neither, the owner of the group; at last the fallback. Nobody is
 * ever asked about themselves.
 *
 * @param row of the snapshot
 * @param byAddress from peopleByAddress
 * @param settings { fallbackReviewer, securityReviewer }
 * @returns { reviewers: [{ email, as }], passedOver: sentences }
 */
function reviewersOf(row, byAddress, { fallbackReviewer, securityReviewer }) {
	const passedOver = [];
	const reviewers = [];
	const add = (email, as) => {
		if (text(email) === undefined) return;
		if (isSelf(email, row, byAddress)) {
			passedOver.push(`${email} (${as}) would review themselves.`);
			return;
		}
		if (reviewers.some((one) => emailKey(one.email) === emailKey(email))) return;
		reviewers.push({ email: emailKey(email), as });
	};
	const addFromDirectory = (email, as) => {
		const key = emailKey(email);
		if (key === '') return undefined;
		const record = byAddress.get(key);
		if (!record) passedOver.push(`${email} (${as}) is not in the directory.`);
		else if (!isPresent(record)) {
			passedOver.push(`${email} (${as}) ${AWAY[record.status] ?? 'has left'}.`);
		} else add(record.email, as);
		return record;
	};

	if (row.privileged) {
		add(securityReviewer, 'security reviewer');
	} else {
		if (text(row.managerEmail) === undefined) passedOver.push('There is no manager.');
		const manager = addFromDirectory(row.managerEmail, 'manager');
		addFromDirectory(manager?.managerEmail, "manager's manager");
		if (reviewers.length === 0 && row.group) addFromDirectory(row.groupOwner, 'owner of the group');
	}
	add(fallbackReviewer, 'fallback');
	if (reviewers.length === 0) add(securityReviewer, 'security reviewer');
	return { reviewers, passedOver };
}

/**
 * The rows of a review as they are stored: each with the one who is asked first, or marked as having
 * nobody.
 *
 * @param rows of the snapshot
 * @param persons of the directory
 */
function reviewRows(rows, persons, settings, reviewId) {
	const byAddress = peopleByAddress(persons);
	return rows.map((row) => {
		const { reviewers, passedOver } = reviewersOf(row, byAddress, settings);
		const [first] = reviewers;
		return {
			reviewId,
			userId: row.userId,
			email: row.email,
			otherEmails: listOf(row.otherEmails).join(', '),
			displayName: row.displayName ?? '',
			role: row.role,
			privileged: row.privileged === true,
			privilegedBecause: row.privilegedBecause ?? '',
			groupId: row.groupId ?? '',
			groupName: row.group ?? '',
			teamspace: row.teamspace ?? '',
			sensitivity: row.sensitivity ?? '',
			meaningKnown: row.meaningKnown !== false,
			title: row.title ?? '',
			department: row.department ?? '',
			directoryStatus: row.directoryStatus,
			directoryNote: row.directoryNote ?? '',
			rowDigest: row.rowDigest,
			reviewers: JSON.stringify(reviewers),
			passedOver: passedOver.join(' '),
			reviewer: first?.email ?? '',
			reviewerAs: first?.as ?? '',
			step: 0,
			askedAt: '',
			decision: first ? '' : 'withoutReviewer',
			// Columns that begin empty: one without a value would not be found by "is not".
			comment: '',
			decidedBy: '',
			assurance: '',
			decidedAt: '',
			decidedIn: '',
			shownDigest: '',
			intendedAt: '',
			outcome: '',
			verified: false,
			endedAt: '',
			note: '',
			record: '',
		};
	});
}
