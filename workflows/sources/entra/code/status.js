/**
 * Where somebody stands.
 *
 * @param user Graph's: { accountEnabled, employeeHireDate, employeeLeaveDateTime }
 * @returns { active, status, statusWord, startAt, endDate, explanation }
 */
function standing({ accountEnabled, employeeHireDate, employeeLeaveDateTime }, ownWords, now = Date.now()) {
	const begins = Date.parse(employeeHireDate ?? '');
	const isBeforeHire = begins > now;
	const words = { true: 'enabled', false: 'disabled' };
	const word = words[accountEnabled];
	const statusWord = word !== undefined && isBeforeHire ? `${word} before hire` : word;
	const found = directoryStanding('Microsoft Entra ID', statusWord, ENTRA_WORDS, ownWords);
	const startAt =
		found.status === 'notStarted' && isBeforeHire ? new Date(begins).toISOString() : undefined;
	if (statusWord === undefined) {
		found.explanation = 'Microsoft Graph does not say whether the account is enabled. A person must look.';
	}
	const dated = { ...found, startAt, endDate: dateText(employeeLeaveDateTime) };
	return inDoubt(inDoubtOfDates(dated, [employeeLeaveDateTime]));
}
