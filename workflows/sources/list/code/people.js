const MOST_NAMED = 10;

/** Where rows are that cannot be used, as in `lines 3, 7 and 12`. */
function linesOf(rows, unit) {
	const named = rows.slice(0, MOST_NAMED).map(({ line }) => line);
	const others = rows.length - named.length;
	const last = others > 0 ? `${others} more` : named.pop();
	return named.length === 0 ? `${unit} ${last}` : `${unit}s ${named.join(', ')} and ${last}`;
}

/** An instant of a cell: a day begins in the zone of Settings. */
function instantOf(cell, zone) {
	if (/^\d{4}-\d{2}-\d{2}$/.test(cell)) return startOfDate(cell, zone);
	const at = /^\d{4}-\d{2}-\d{2}T/.test(cell) ? DateTime.fromISO(cell, { zone }) : undefined;
	return at?.isValid ? at.toUTC().toISO() : undefined;
}

/**
 * Everybody in a list.
 *
 * @param list { header, rows: [{ line, cells }], unit: `line` or `row` }
 * @param settings of the source
 * @returns { persons, reasons, attributesRead, hasGroups }; every row that is not among the persons is
 * named in the reasons
 */
function peopleOfList({ header, rows, unit }, settings) {
	const { places, trouble } = columnsOfList(header, settings);
	if (trouble !== undefined) {
		return { persons: [], reasons: [trouble], attributesRead: [], hasGroups: false };
	}

	const reasons = [];
	const ragged = rows.filter(({ cells }) => cells.length !== header.length);
	if (ragged.length > 0) {
		reasons.push(
			`${ragged.length} have not as many cells as the header, which has ${header.length}, ` +
				`and are left out: ${linesOf(ragged, unit)}.`,
		);
	}
	const whole = rows.filter(({ cells }) => cells.length === header.length);
	const cellsOf = ({ cells }) =>
		Object.fromEntries([...places].map(([name, place]) => [name, unguardedCell(cells[place]).trim()]));
	const read = whole.map((row) => ({ line: row.line, fields: cellsOf(row) }));

	const nameless = read.filter(({ fields }) => fields.sourceId === '');
	if (nameless.length > 0) {
		reasons.push(`${nameless.length} have no ID and are left out: ${linesOf(nameless, unit)}.`);
	}

	const byId = new Map();
	const idOf = ({ sourceId }) =>
		settings.idAttribute === 'email' ? emailKey(sourceId) : sourceId;
	for (const row of read) {
		if (row.fields.sourceId === '') continue;
		const id = idOf(row.fields);
		byId.set(id, [...(byId.get(id) ?? []), row]);
	}
	const repeated = [...byId.values()].filter((same) => same.length > 1);
	if (repeated.length > 0) {
		const ids = repeated.slice(0, MOST_NAMED).map(([{ fields }]) => fields.sourceId);
		const others = repeated.length > ids.length ? ' and others' : '';
		reasons.push(
			`These IDs stand there more than once: ${ids.join(', ')}${others} (${linesOf(repeated.flat(), unit)}).`,
		);
	}
	const persons = [...byId].map(([id, [first, ...others]]) => {
		const found = personInList({ ...first.fields, sourceId: id }, settings);
		const isSame = others.every(
			({ fields }) => JSON.stringify(fields) === JSON.stringify(first.fields),
		);
		if (isSame) return found;
		const lines = linesOf([first, ...others], unit);
		const twice = `The ID ${id} stands there more than once, with different values: ${lines}.`;
		const explanation = `${twice} A person must look.`;
		return { ...found, active: true, status: 'unknown', explanation };
	});
	const groupsTrouble = places.has('groups') ? [] : ['The list has no column with groups.'];
	return {
		persons,
		reasons: [...reasons, ...groupsTrouble],
		isWhole: reasons.length === 0,
		attributesRead: [
			...[...places.keys()].filter((name) => !NO_ATTRIBUTES.includes(name)),
			...(places.has('groups') ? ['groups'] : []),
		],
		hasGroups: places.has('groups'),
	};
}

/** Columns that say something about a person's standing, and are no attributes of the person. */
const NO_ATTRIBUTES = ['sourceId', 'groups', 'status', 'active', 'startAt', 'endDate', 'kind'];

const KINDS = {
	person: 'person',
	human: 'person',
	user: 'person',
	employee: 'person',
	service: 'service',
	serviceaccount: 'service',
	bot: 'service',
	shared: 'shared',
	sharedmailbox: 'shared',
	room: 'shared',
};

function personInList(fields, settings) {
	const { status, active, startAt, endDate, kind, groups, ...attributes } = fields;
	const start = text(startAt) && instantOf(startAt, settings.timeZone);
	const end = text(endDate) && dateText(endDate);
	const standing = listStanding({
		status,
		active,
		startAt: start,
		endDate: end,
		ownWords: settings.ownWords,
	});
	const unread = [
		['startAt', startAt, start],
		['endDate', endDate, end],
	].filter(([, cell, value]) => text(cell) !== undefined && value === undefined);
	const said = unread.map(([name, cell]) => `${name} is "${cell}"`).join(' and ');
	const doubts =
		unread.length === 0 || standing.status === 'inactive'
			? {}
			: unclear(
					standing.statusWord,
					`${said}, which is no date such as 2026-01-31. A person must look.`,
				);
	const found = person({
		source: 'list',
		...standing,
		...doubts,
		...attributes,
		startAt: start,
		endDate: end,
		kind: KINDS[plainColumn(kind ?? '')],
		groups:
			groups === undefined
				? undefined
				: groupsInCell(groups).filter((name) => name.startsWith(settings.groupPrefix ?? '')),
	});
	return {
		...found,
		...inScope(found, { attribute: settings.scopeAttribute, values: settings.scopeValues }),
	};
}
