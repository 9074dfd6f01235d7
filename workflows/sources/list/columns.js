/**
 * What columns of lists are called, written without capitals, spaces and signs; by attribute, the best
 * one first. As Entra ID, Google Workspace, Okta and HR systems name them when they export people.
 */
export const COLUMN_NAMES = {
	sourceId: [
		'id', 'objectid', 'userid', 'uid', 'personid', 'externalid', 'workerid', 'employeeid',
		'staffid', 'employeenumber', 'personnelnumber',
	],
	email: [
		'emailaddress', 'workemail', 'workemailaddress', 'businessemail', 'companyemail',
		'primaryemail', 'mail', 'mailaddress', 'userprincipalname', 'upn', 'login', 'username',
	],
	secondaryEmails: [
		'secondaryemail', 'worksecondaryemail', 'secondemail', 'otheremails', 'othermails',
		'alternateemail', 'alternateemails', 'aliases', 'emailaliases',
	],
	displayName: ['name', 'fullname', 'formattedname', 'employeename', 'namefullname', 'commonname', 'cn'],
	givenName: ['firstname', 'forename', 'legalfirstname', 'preferredfirstname', 'namegivenname'],
	familyName: ['lastname', 'surname', 'secondname', 'legallastname', 'namefamilyname', 'sn'],
	title: ['jobtitle', 'employeetitle', 'position', 'positiontitle', 'jobrole'],
	department: ['departmentname', 'dept', 'deptname'],
	division: ['divisionname', 'businessunit'],
	costCenter: ['costcentre', 'costcentername', 'costcentrename'],
	organization: ['organisation', 'company', 'companyname', 'legalentity'],
	employeeNumber: ['employeeno', 'personnelnumber', 'staffnumber', 'employeeid'],
	managerEmail: [
		'managersemail', 'manageremailaddress', 'managermail', 'supervisoremail', 'emailofmanager',
	],
	locale: [],
	preferredLanguage: ['language'],
	userType: ['employeetype', 'workertype', 'employmenttype'],
	phoneNumber: [
		'phone', 'workphone', 'telephonenumber', 'telephone', 'mobile', 'mobilephone',
		'primaryphone',
	],
	groups: ['group', 'groupnames', 'groupname', 'notiongroups', 'memberof', 'teams'],
	status: [
		'accountstatus', 'userstatus', 'employmentstatus', 'employeestatus', 'workerstatus',
		'workstatus', 'lifecyclestatus', 'personstatus', 'memberstatus', 'hrstatus', 'signinstatus',
		'accountstate', 'userstate', 'employmentstate', 'kontostatus', 'benutzerstatus',
		'mitarbeiterstatus', 'beschäftigungsstatus', 'statut', 'statutducompte', 'estadodelacuenta',
		'state', 'estado',
	],
	suspensionReason: [],
	startAt: [
		'startdate', 'hiredate', 'startsat', 'firstday', 'dateofhire', 'employeehiredate',
		'joiningdate',
	],
	endDate: [
		'terminationdate', 'leavedate', 'leavingdate', 'lastday', 'lastdayofwork', 'lastworkingday',
		'employeeleavedatetime', 'contractenddate',
	],
	kind: ['accounttype', 'accountkind'],
};

/**
 * Columns with a yes or a no, by the word that a yes stands for. A list may have several of them, also
 * of one kind, and all are read.
 */
export const FLAG_NAMES = {
	active: [
		'isactive', 'activestatus', 'useractive', 'accountactive', 'employeeactive',
		'currentlyactive', 'aktiv', 'actif', 'activo',
	],
	enabled: [
		'isenabled', 'accountenabled', 'isaccountenabled', 'userenabled', 'loginenabled',
		'signinenabled', 'aktiviert', 'activé', 'habilitado',
	],
	suspended: [
		'issuspended', 'usersuspended', 'accountsuspended', 'isaccountsuspended', 'suspendu',
		'suspendido',
	],
	blocked: ['isblocked', 'userblocked', 'accountblocked', 'isaccountblocked', 'gesperrt', 'istgesperrt'],
	archived: ['isarchived', 'userarchived', 'accountarchived', 'archiviert', 'archivé', 'archivado'],
	// Microsoft 365 calls an account of Entra that is not enabled one whose sign-in is blocked.
	disabled: [
		'isdisabled', 'accountdisabled', 'isaccountdisabled', 'accountisdisabled', 'userdisabled',
		'logindisabled', 'signindisabled', 'blockcredential', 'blocksignin', 'signinblocked',
	],
	deactivated: [
		'isdeactivated', 'userdeactivated', 'accountdeactivated', 'isaccountdeactivated',
		'deaktiviert', 'désactivé', 'desactivado',
	],
	terminated: ['isterminated', 'userterminated', 'employeeterminated'],
	inactive: ['isinactive', 'userinactive', 'accountinactive', 'employeeinactive', 'inaktiv', 'inactif', 'inactivo'],
	left: ['hasleft', 'leaver', 'isleaver', 'offboarded', 'isoffboarded', 'departed', 'hasdeparted', 'ausgeschieden'],
	deleted: ['isdeleted', 'userdeleted', 'accountdeleted', 'isaccountdeleted', 'gelöscht', 'supprimé', 'eliminado'],
};

/** In Settings, what a column is that says nothing of people. */
export const IGNORED = 'ignored';

/** These name a part of a country just as often, and are a status where their words say so. */
const STATUS_OR_PLACE = ['state', 'estado'];

/** Without these it is not known who a row is, where the person works, or whom Notion is meant for. */
const NEEDED_COLUMNS = ['sourceId', 'email', 'status', 'suspensionReason', 'startAt', 'endDate', 'kind'];

/** A column's name without capitals, spaces, signs, and remarks such as Google's `[Required]`. */
export function plainColumn(name) {
	return name
		.replace(/\[[^\]]*\]|\([^)]*\)/g, '')
		.normalize('NFC')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');
}

/** An address at home is not the one that a person has in Notion. */
function isPrivate(name) {
	return /[[(]\s*(?:private?|personal|home|priv\p{L}*|perso\p{L}*)\s*[\])]/iu.test(name);
}

/** Where a column of this name is: exactly as it is written, or else whatever its capitals and signs. */
function placesOfColumn(header, name) {
	const matching = (is) => header.flatMap((one, place) => (is(one) ? [place] : []));
	const exact = matching((one) => one.trim() === name.trim());
	return exact.length > 0 ? exact : matching((one) => plainColumn(one) === plainColumn(name));
}

/** @throws Error where Settings name an attribute that there is not */
export function checkColumnSettings(columns = {}) {
	const known = [...Object.keys(COLUMN_NAMES), ...Object.keys(FLAG_NAMES), IGNORED];
	for (const [column, attribute] of Object.entries(columns)) {
		if (known.includes(attribute)) continue;
		throw new Error(
			`Settings: columns has "${attribute}" for "${column}"; it must be one of ${known.join(', ')}.`,
		);
	}
}

/**
 * The columns that Settings name, and those that are found by their names.
 *
 * @returns {
 *   places: Map of attribute and index,
 *   flags: [{ flag, place }]; `status` for a further column with words,
 *   ignored: indexes of the columns that Settings say are not to be read,
 *   missing: names in Settings that the list does not have,
 *   doubtful: Map of attribute and the names of its columns, where it is not clear which one is meant }
 */
function columnsByName(header, { columns = {}, idAttribute = 'sourceId', emailAttribute = 'email' }, isStatus) {
	const found = { places: new Map(), flags: [], ignored: [], missing: [], doubtful: new Map() };
	const take = (attribute, places, name) => {
		const [place] = places;
		found.doubtful.delete(attribute);
		if (place === undefined) found.missing.push(name);
		else if (attribute === IGNORED) found.ignored.push(...places);
		else if (Object.hasOwn(FLAG_NAMES, attribute)) found.flags.push({ flag: attribute, place });
		else if (places.length > 1) found.doubtful.set(attribute, places.map((one) => header[one]));
		else found.places.set(attribute, place);
	};
	const own = Object.entries(columns);
	for (const [column, attribute] of own) take(attribute, placesOfColumn(header, column), column);

	const plain = header.map((name, place) => (found.ignored.includes(place) ? '' : plainColumn(name)));
	const ofSettings = own.map(([column]) => plainColumn(column));
	for (const [attribute, spellings] of Object.entries(COLUMN_NAMES)) {
		if (own.some(([, one]) => one === attribute)) continue;
		const candidates = [plainColumn(attribute), ...spellings]
			.map((name) => plain.flatMap((one, place) => (one === name ? [place] : [])))
			.find((places) => {
				const [place, ...others] = places;
				if (place === undefined) return false;
				if (attribute === 'email' && others.length === 0) return !isPrivate(header[place]);
				return attribute !== 'status' || !STATUS_OR_PLACE.includes(plain[place]) || places.some(isStatus);
			});
		if (candidates !== undefined) take(attribute, candidates);
	}
	for (const [flag, spellings] of Object.entries(FLAG_NAMES)) {
		plain.forEach((name, place) => {
			if ([flag, ...spellings].includes(name) && !ofSettings.includes(name)) found.flags.push({ flag, place });
		});
	}
	// HR systems have a status of the account and one of the employment: a second one is read as a flag is,
	// unless Settings say which one counts.
	const chosen = plain[found.places.get('status')];
	const isFurther = (name) => ['status', ...COLUMN_NAMES.status].includes(name) && name !== chosen;
	plain.forEach((name, place) => {
		if (!isFurther(name) || STATUS_OR_PLACE.includes(name) || ofSettings.includes(name)) return;
		if (own.some(([, attribute]) => attribute === 'status')) found.ignored.push(place);
		else found.flags.push({ flag: 'status', place });
	});
	for (const [attribute, wish] of Object.entries({ sourceId: idAttribute, email: emailAttribute })) {
		if (wish === attribute) continue;
		const place = found.places.get(wish);
		take(attribute, place === undefined ? placesOfColumn(header, wish) : [place], wish);
	}
	return found;
}

/**
 * Which column holds which attribute.
 *
 * @param header names of the columns
 * @param settings { columns: { 'Name of a column': 'attribute' }, which win, idAttribute, emailAttribute:
 * an attribute or the name of a column, scopeAttribute }
 * @param isStatus whether the cells at an index hold words for a status
 * @returns { places: Map of attribute and index, flags: [{ flag, place }], ignored: indexes, trouble: a
 * sentence where the list cannot be used, notes: sentences about what is not read }
 */
export function columnsOfList(header, settings, isStatus = () => true) {
	const { missing, doubtful, ...found } = columnsByName(header, settings, isStatus);
	const needed = [...NEEDED_COLUMNS, settings.scopeAttribute];
	const several = ([attribute, names]) =>
		`The list has several columns "${names.join('", "')}", and which of them is ${attribute} is not clear`;
	const isNeeded = ([attribute]) => needed.includes(attribute);
	const doubts = [...doubtful].map((doubt) => [isNeeded(doubt), several(doubt)]);
	const notes = doubts
		.filter(([isBlocking]) => !isBlocking)
		.map(([, sentence]) => `${sentence}: it is not read. Name one of them in Settings: columns.`);
	const blocking = doubts.find(([isBlocking]) => isBlocking);
	const told = (trouble) => ({ ...found, notes, trouble });
	if (missing.length > 0) return told(`The list has no column "${missing.join('", "')}", which Settings name.`);
	if (blocking !== undefined) return told(`${blocking[1]}. Name one of them exactly in Settings: columns.`);
	if (found.places.has('sourceId')) return told(undefined);
	return told(
		'The list has no column with an ID. Name one in Settings: idAttribute; the address will do where there is nothing better.',
	);
}
