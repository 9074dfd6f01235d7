const PLACES = {
	dataTable: ['table', 'the name of a Data Table'],
	csvUrl: ['url', 'an address that begins with https://', /^https?:\/\/\S+$/],
	csvFile: ['file', 'the path of a file'],
};

/** @throws Error that names the setting which cannot be right */
function checkListSettings(settings) {
	const wrong = (sentence) => new Error(`Settings: ${sentence}`);
	const place = PLACES[settings.from];
	if (place === undefined) {
		throw wrong(`"from" must be ${Object.keys(PLACES).join(', ')}, not "${settings.from}".`);
	}
	const [name, meant, form = /\S/] = place;
	if (!form.test(settings[name] ?? '')) {
		throw wrong(`"${name}" must be ${meant}, not "${settings[name]}".`);
	}
	if (!DateTime.fromISO('2026-01-01', { zone: settings.timeZone || 'none' }).isValid) {
		throw wrong(`"timeZone" must be one such as Europe/Berlin or UTC, not "${settings.timeZone}".`);
	}
	if (!Number.isInteger(settings.expectedCount) || settings.expectedCount < 0) {
		throw wrong(
			`"expectedCount" must be a number, and 0 where it is not known, not "${settings.expectedCount}".`,
		);
	}
	const { delimiter } = settings;
	if (delimiter !== 'auto' && (typeof delimiter !== 'string' || delimiter.length !== 1)) {
		throw wrong(`"delimiter" must be auto or one character, not "${delimiter}".`);
	}
	// Words and columns that there are not fail here, and not when somebody has them.
	for (const word of Object.keys(settings.ownWords ?? {})) {
		meaningOf(word, {}, settings.ownWords, DIRECTORY_MEANINGS);
	}
	checkColumnSettings(settings.columns);
}
