const OURS_TO_ASK = ['hired', 'rehired', 'hireCancelled', 'changed'];

function isToAsk({ kind, employeeId, email }) {
	return OURS_TO_ASK.includes(kind) && Boolean(employeeId || email);
}

function questionOf({ employeeId, companyId, email }) {
	return { employeeId: employeeId ?? '', companyId: companyId ?? '', email: email ?? '' };
}
