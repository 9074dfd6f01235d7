/**
 * What an account of Microsoft Entra ID tells. Graph has no words for it, only whether the account is
 * enabled, and the date of hiring: an account that is made beforehand is often disabled until then.
 * https://learn.microsoft.com/graph/api/resources/user
 */
const STATUS_WORDS = {
	enabled: 'active',
	disabled: 'inactive',
	enabledbeforehire: 'notStarted',
	disabledbeforehire: 'notStarted',
};

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
	const found = directoryStanding('Microsoft Entra ID', statusWord, STATUS_WORDS, ownWords);
	const startAt =
		found.status === 'notStarted' && isBeforeHire ? new Date(begins).toISOString() : undefined;
	return inDoubt({ ...found, startAt, endDate: dateText(employeeLeaveDateTime) });
}
