// The people of the directory, as Settings want them compared with Notion.

/**
 * @param items what the directory source gave out, or { error } where it failed
 * @param settings { pilotGroup, groupRules, keepOtherGroups }
 * @returns persons and manifests. Somebody outside the pilot group is out of scope, and so is
 * somebody whose groups are not known. Rules replace a person's groups; where they cannot be told, the
 * groups are left out, and so are not touched.
 */
function peopleToCompare(items, { pilotGroup = '', groupRules = [], keepOtherGroups = true }, now) {
	const failure = items.find((json) => json.error !== undefined && json.sourceId === undefined);
	const whole = items.filter((json) => json !== failure);
	const pilot = plainName(pilotGroup);
	const missing = missingForRules(whole, groupRules);
	const answered = whole.map((json) => {
		if (json.manifest === true) return missing.length === 0 ? json : withoutRules(json, missing);
		if (json.sourceId === undefined) return json;
		const scope = pilot === '' ? {} : pilotScope(json, pilot, pilotGroup);
		if (groupRules.length === 0) return { ...json, ...scope };
		const { groups: _groups, ...person } = json;
		const groups =
			missing.length > 0
				? undefined
				: groupsByRules(json, groupRules, { keepOthers: keepOtherGroups });
		return { ...person, ...(groups === undefined ? {} : { groups }), ...scope };
	});
	if (!failure) return answered;
	const said = String(failure.error?.message ?? failure.error);
	return [...answered, failedManifest(`The directory source failed: ${said}`, now)];
}

/** Stands for a reading that gave nothing. */
function failedManifest(explanation, now) {
	return {
		manifest: true,
		source: 'directory',
		readAt: new Date(now).toISOString(),
		pages: 0,
		count: 0,
		complete: false,
		groupsComplete: false,
		attributesRead: [],
		explanation,
	};
}

/** Attributes that rules ask for and that nobody has: then no rule can be believed that would hold for nobody. */
function missingForRules(items, groupRules) {
	const persons = items.filter(
		({ manifest, sourceId }) => manifest !== true && sourceId !== undefined,
	);
	if (groupRules.length === 0 || persons.length === 0) return [];
	const asked = checkedGroupRules(groupRules).flatMap(({ when }) =>
		when.map(({ attribute }) => attribute),
	);
	const has = (person, attribute) => String(person[attribute] ?? '').trim() !== '';
	return [...new Set(asked)].filter(
		(attribute) => attribute !== 'group' && !persons.some((person) => has(person, attribute)),
	);
}

function withoutRules(manifest, missing) {
	const why = `Rules for groups ask for ${missing.join(' and ')}, which nobody in the directory has, so groups are not touched.`;
	return {
		...manifest,
		groupsComplete: false,
		explanation: [manifest.explanation, why].filter(Boolean).join(' '),
	};
}

function plainName(name) {
	return String(name ?? '')
		.trim()
		.normalize('NFC')
		.toLowerCase();
}

function pilotScope(person, pilot, name) {
	const isKnown = Array.isArray(person.groups);
	if (isKnown && person.groups.some((group) => plainName(group) === pilot)) return {};
	const scopeNote = `Only the pilot group "${name}" is in scope for now${isKnown ? '' : ', and the groups could not be read'}.`;
	// Having left is evidence whatever the scope is. Outside the pilot it may not be acted on.
	return person.status === 'inactive'
		? {
				inScope: false,
				active: true,
				status: 'unknown',
				scopeNote,
				explanation: `They have left, but nothing is done about it: ${scopeNote}`,
			}
		: { inScope: false, scopeNote };
}
