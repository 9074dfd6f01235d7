// Settings, as the policy of directory.plan and the options of directory.apply.

/** Whoever is not in the pilot may not lose anything for not being listed. */
function policyOf(
	settings,
	{ used, memory, links, groupLinks, keepOut, recentChanges, includeUnchanged, only = '' },
) {
	const isPilot = plainName(settings.pilotGroup) !== '';
	const text = (value) => JSON.stringify(value ?? null);
	return {
		syncAttributes: settings.syncAttributes ?? [],
		syncRole: settings.syncRole === true,
		createMissing: settings.createMissing === true,
		updateDrift: settings.updateDrift === true,
		onInactive: settings.onInactive,
		onUnlisted: isPilot ? 'report' : settings.onUnlisted,
		onOutOfScope: isPilot ? 'report' : settings.onOutOfScope,
		managedGroups: listOfNames(settings.managedGroups),
		adoptGroups: settings.adoptGroups,
		createEmptyGroups: settings.createEmptyGroups === true,
		deleteUnlistedGroups: settings.deleteUnlistedGroups === true && !isPilot,
		removeWithoutManagedGroup: settings.removeWithoutManagedGroup === true && !isPilot,
		roleMap: text(settings.roleMap ?? {}),
		removalLimit: Number(settings.removalLimit) || 0,
		createLimit: Number(settings.createLimit) || 0,
		alreadyUsed: text(used),
		confirmAfter: numberOr(settings.confirmAfter, 24),
		maxSourceShrink: numberOr(settings.maxSourceShrink, 5),
		allowPrivileged: settings.allowPrivileged === true,
		allowExternalMember: settings.allowExternalMember === true,
		links: text(links),
		groupLinks: text(groupLinks),
		keepOut: text(keepOut),
		memory: memory === undefined ? '' : text(memory),
		recentChanges: text(recentChanges),
		only,
		includeUnchanged,
	};
}

function listOfNames(value) {
	const names = Array.isArray(value) ? value : String(value ?? '').split(',');
	return names.map((name) => String(name).trim()).filter((name) => name !== '');
}

/** 0 is a choice of its own, and an empty field is none. */
function numberOr(value, otherwise) {
	const number = value === '' || value === null ? Number.NaN : Number(value);
	return Number.isFinite(number) && number >= 0 ? number : otherwise;
}

/** Links of notion_scim_links in the form of directory.plan. */
function personLinks(rows) {
	return rows
		.filter(({ source, employeeId, userId }) => source && employeeId && userId)
		.map(({ source, employeeId, userId, email }) => ({
			source,
			sourceId: employeeId,
			userId,
			...(email ? { email } : {}),
		}));
}

/** Links of notion_group_links in the form of directory.plan. Without a name is whose group was deleted. */
function groupLinksOf(rows) {
	return rows
		.filter(({ name, groupId }) => name && groupId)
		.map(({ name, groupId, adoptedAt }) => ({
			name,
			groupId,
			...(adoptedAt ? { adoptedAt } : {}),
		}));
}
