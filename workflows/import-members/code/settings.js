/** @throws Error that names the setting which cannot be right */
function checkImportSettings(settings) {
	const wrong = (name, meant) =>
		new Error(`Settings: "${name}" must be ${meant}, not ${JSON.stringify(settings[name])}.`);
	for (const name of ['domains', 'roles', 'groups', 'only']) {
		const list = settings[name];
		const isList = Array.isArray(list) && list.every((entry) => text(entry) !== undefined);
		if (!isList) throw wrong(name, 'a list of texts, such as ["one", "two"], or [] for everybody');
	}
	for (const [name, read] of [['domains', readDomain], ['only', readEmail]]) {
		const entry = settings[name].find((one) => read(text(one)) === undefined);
		if (entry !== undefined) {
			const meant = name === 'only' ? 'no address, such as ada@example.com' : 'no domain, such as example.com';
			throw new Error(`Settings: "${shownEntry(entry)}" in "${name}" is ${meant}.`);
		}
	}
	for (const name of ['leaveOutPrivileged', 'updateChanged']) {
		if (typeof settings[name] !== 'boolean') throw wrong(name, 'true or false');
	}
	for (const name of ['groupPrefix', 'closingRow', 'writeCode']) {
		if (typeof settings[name] !== 'string') throw wrong(name, 'a text, and empty where it is not wanted');
	}
	if (!DELIMITERS.includes(settings.delimiter)) throw wrong('delimiter', 'one of , ; | and a tab');
}
