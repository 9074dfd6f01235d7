/** What a directory holds of somebody besides the ID, the groups and the standing. */
const TAKEN_OVER = LIST_COLUMNS.filter(
	(name) => !['sourceId', 'groups', 'status', 'startAt', 'endDate', 'kind'].includes(name),
);

/** Roles that may change the workspace itself. */
const PRIVILEGED = ['owner', 'membership_admin'];

/** Small Cyrillic and Greek letters, each with the Latin one that it is mistaken for. */
const LOOKS_LIKE = new Map(
	Object.entries({
		a: 'аα', b: 'Ьь', c: 'сϲ', d: 'ԁ', e: 'еε', g: 'ɡ', h: 'һ', i: 'іιı', j: 'јϳ', k: 'кκ', l: 'ӏ',
		m: 'м', n: 'п', o: 'оοσ', p: 'рρ', q: 'ԛ', r: 'г', s: 'ѕ', t: 'тτ', u: 'υ', v: 'ѵν', w: 'ԝω',
		x: 'хχ', y: 'уγ',
	}).flatMap(([latin, others]) => [...others].map((other) => [other, latin])),
);

/** Two addresses that look alike have the same form, whatever their capitals and kinds of letters. */
function lookOf(email) {
	const plain = emailKey(email).normalize('NFKC').toLowerCase();
	return [...plain].map((letter) => LOOKS_LIKE.get(letter) ?? letter).join('');
}

/** Addresses between commas. */
function addressesIn(value) {
	return String(value ?? '')
		.split(',')
		.map(text)
		.filter((address) => address !== undefined);
}

/** A row of the Data Table as the source reads it: texts by column, without empty ones. */
function listedRow(row) {
	const fields = LIST_COLUMNS.map((name) => [name, text(unguardedCell(String(row[name] ?? '')))]);
	return given(Object.fromEntries(fields));
}

/** A member of Notion as a row of the directory, whose ID there is the one of the Notion account. */
function rowOfMember(member, groups) {
	const attributes = TAKEN_OVER.map((name) => [name, text(member[name])]);
	return given({
		sourceId: text(member.id),
		...Object.fromEntries(attributes),
		groups: text(groupsCell(groups)),
		status: 'active',
	});
}

/** Names of the groups that each account is in, in their order, each once. */
function groupsByMember(groups, prefix) {
	const found = new Map();
	for (const { displayName, memberIds } of groups) {
		const name = text(displayName);
		if (name === undefined || !name.startsWith(prefix)) continue;
		for (const id of memberIds ?? []) found.set(id, (found.get(id) ?? new Set()).add(name));
	}
	return new Map([...found].map(([id, names]) => [id, [...names].sort()]));
}

/** Why Settings leave somebody out; nothing where they do not. */
function leftOutBecause(member, groups, settings) {
	const email = emailKey(member.email);
	const { domains, roles, only } = settings;
	if (member.active === false) return 'Not active in Notion, and so no member any more.';
	if (settings.leaveOutPrivileged && PRIVILEGED.includes(member.role)) {
		return `${member.role} is a privileged role.`;
	}
	const domain = email.slice(email.lastIndexOf('@') + 1);
	if (domains.length > 0 && !isOneOfDomains(new Set(domains.map((one) => readDomain(text(one)))), domain)) {
		return `${domain} is none of the domains in Settings.`;
	}
	if (roles.length > 0 && !roles.includes(member.role)) {
		return `${member.role} is none of the roles in Settings.`;
	}
	if (settings.groups.length > 0 && !settings.groups.some((name) => groups.includes(name))) {
		return 'In none of the groups in Settings.';
	}
	if (only.length > 0 && !only.some((one) => emailKey(readEmail(text(one))) === email)) {
		return 'Not among those whom Settings name.';
	}
	return undefined;
}

/** A value in the form in which two of them are compared: capitals of addresses, and order, do not count. */
function comparable(attribute, value = '') {
	if (attribute === 'groups') return JSON.stringify(groupsInCell(value).sort());
	if (attribute === 'secondaryEmails') return JSON.stringify(addressesIn(value).map(emailKey).sort());
	return attribute === 'email' || attribute === 'managerEmail' ? emailKey(value) : value;
}

/** What Notion says otherwise than the directory. What Notion does not say is no difference. */
function differences(row, memberRow, seesGroups) {
	const differs = (name) => comparable(name, row[name]) !== comparable(name, memberRow[name]);
	const changes = TAKEN_OVER.filter((name) => memberRow[name] !== undefined && differs(name)).map(
		(attribute) => ({ attribute, from: row[attribute] ?? '', to: memberRow[attribute] }),
	);
	if (seesGroups && differs('groups')) {
		changes.push({ attribute: 'groups', from: row.groups ?? '', to: memberRow.groups ?? '' });
	}
	return changes;
}

/**
 * Every member of Notion, and where they stand in the directory.
 *
 * @param members from the node's Get Many, groups likewise
 * @param rows of the Data Table
 * @param links of notion_scim_links: { employeeId, userId }
 * @returns one entry for each member, in the order of their addresses: { standing: `new`, `imported`,
 * `changed`, `ambiguous` or `leftOut`, explanation, userId, email, displayName, role, groups, sourceId,
 * changes, row: what the directory would hold, needsLink }
 */
function comparedMembers({ members, groups, rows, links, settings }) {
	const directory = rows.map(listedRow);
	const userOf = new Map(links.map(({ employeeId, userId }) => [text(employeeId), text(userId)]));
	const rowsBy = (key) => {
		const found = new Map();
		for (const row of directory) {
			for (const value of key(row)) found.set(value, [...(found.get(value) ?? []), row]);
		}
		return (value) => found.get(value) ?? [];
	};
	const byUser = rowsBy((row) => [...new Set([row.sourceId, userOf.get(row.sourceId)])]);
	const byEmail = rowsBy((row) => [emailKey(row.email)]);
	const bySecondary = rowsBy((row) => [...new Set(addressesIn(row.secondaryEmails).map(emailKey))]);
	const byLook = rowsBy((row) => [lookOf(row.email)]);
	const groupsOf = groupsByMember(groups, settings.groupPrefix);
	const looks = new Map();
	for (const { email } of members) looks.set(lookOf(email), (looks.get(lookOf(email)) ?? 0) + 1);

	const matchOf = (member) => {
		const key = emailKey(member.email);
		const linked = byUser(text(member.id));
		const found = [...new Set([...linked, ...byEmail(key)])];
		const names = (entries) => entries.map(({ sourceId = 'without ID' }) => sourceId).join(', ');
		if (found.length > 1) {
			return { doubt: `Several rows of the directory are about this member: ${names(found)}.` };
		}
		const [row] = found;
		if (row !== undefined) {
			const other = userOf.get(row.sourceId);
			if (row.sourceId === undefined) return { doubt: 'The row of the directory with this address has no ID.' };
			if (other !== undefined && other !== text(member.id)) {
				return {
					doubt: `The row ${row.sourceId} has this address, and is linked to another account of Notion: ${other}.`,
				};
			}
			return { row };
		}
		const secondary = [
			...new Set([
				...bySecondary(key),
				...addressesIn(member.secondaryEmails).flatMap((address) => byEmail(emailKey(address))),
			]),
		];
		if (secondary.length > 0) {
			return { doubt: `Shares a secondary address with ${names(secondary)}. It may be the same person.` };
		}
		const alike = byLook(lookOf(member.email));
		if (alike.length > 0 || looks.get(lookOf(member.email)) > 1) {
			return { doubt: 'Another address looks the same, but has other letters.' };
		}
		return {};
	};

	const matches = members.map((member) => ({ member, ...matchOf(member) }));
	const timesMatched = new Map();
	for (const { row } of matches) if (row) timesMatched.set(row, (timesMatched.get(row) ?? 0) + 1);

	return matches
		.map(({ member, row, doubt }) => {
			const names = groupsOf.get(member.id) ?? [];
			const about = {
				userId: member.id,
				email: member.email,
				displayName: text(member.displayName),
				role: member.role,
				groups: names,
				sourceId: row?.sourceId,
			};
			const told = (standing, explanation, more = {}) =>
				given({ standing, explanation, ...about, ...more });
			const leftOut = leftOutBecause(member, names, settings);
			if (leftOut !== undefined) return told('leftOut', leftOut);
			if (doubt !== undefined) return told('ambiguous', doubt);
			if (row !== undefined && timesMatched.get(row) > 1) {
				return told('ambiguous', `Several members are the row ${row.sourceId} of the directory.`);
			}
			const memberRow = rowOfMember(member, names);
			if (row === undefined) {
				return told('new', 'Not in the directory yet.', {
					sourceId: memberRow.sourceId,
					row: memberRow,
					needsLink: true,
				});
			}
			const needsLink = userOf.get(row.sourceId) === undefined;
			// A workspace without any group says nothing of the groups that the directory has.
			const seesGroups = settings.groupPrefix === '' && groups.length > 0;
			const changes = differences(row, memberRow, seesGroups);
			if (changes.length === 0) {
				const standing = row.status === 'active' ? '' : `, with the status "${row.status ?? ''}"`;
				return told('imported', `In the directory already${standing}.`, { needsLink });
			}
			const changed = Object.fromEntries(changes.map(({ attribute, to }) => [attribute, to]));
			return told(
				'changed',
				`In the directory, which has another ${changes.map(({ attribute }) => attribute).join(', ')}.`,
				{ changes, row: { ...row, ...changed }, needsLink },
			);
		})
		.sort((one, other) => (emailKey(one.email) < emailKey(other.email) ? -1 : 1));
}
