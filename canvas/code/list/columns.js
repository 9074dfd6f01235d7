/**
 * What columns of lists are called, written without capitals, spaces and signs; by attribute, the best
 * one first. As Entra ID, Google Workspace, Okta and HR systems name them when they export people.
 */
const COLUMN_NAMES = {
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
	displayName: ['name', 'fullname', 'formattedname', 'employeename', 'commonname', 'cn'],
	givenName: ['firstname', 'forename', 'legalfirstname', 'preferredfirstname'],
	familyName: ['lastname', 'surname', 'secondname', 'legallastname', 'sn'],
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
		'accountstatus', 'userstatus', 'employmentstatus', 'employeestatus', 'workerstatus', 'state',
	],
	active: ['isactive', 'enabled', 'accountenabled', 'isenabled'],
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

/** A column's name without capitals, spaces, signs, and remarks such as Google's `[Required]`. */
function plainColumn(name) {
	return name
		.replace(/\[[^\]]*\]|\([^)]*\)/g, '')
		.normalize('NFC')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * Which column holds which attribute.
 *
 * @param header names of the columns
 * @param columns of Settings: { 'Name of a column': 'attribute' }; they win
 * @param idAttribute, emailAttribute of Settings: an attribute, or the name of a column
 * @returns { places: Map of attribute and index, trouble }
 * @throws Error where Settings name an attribute that there is not
 */
function columnsOfList(header, { columns = {}, idAttribute = 'sourceId', emailAttribute = 'email' } = {}) {
	const plainHeader = header.map(plainColumn);
	const own = new Map();
	for (const [column, attribute] of Object.entries(columns)) {
		if (!Object.hasOwn(COLUMN_NAMES, attribute)) {
			const known = Object.keys(COLUMN_NAMES).join(', ');
			throw new Error(`Settings: columns has "${attribute}" for "${column}"; it must be one of ${known}.`);
		}
		own.set(attribute, column);
	}

	const missing = [];
	const twice = [];
	const placeOf = (name) => {
		const place = plainHeader.indexOf(name);
		if (place !== -1 && plainHeader.indexOf(name, place + 1) !== -1) twice.push(header[place]);
		return place;
	};
	const places = new Map();
	for (const [attribute, spellings] of Object.entries(COLUMN_NAMES)) {
		if (own.has(attribute)) {
			const place = placeOf(plainColumn(own.get(attribute)));
			if (place === -1) missing.push(own.get(attribute));
			else places.set(attribute, place);
			continue;
		}
		const found = [plainColumn(attribute), ...spellings].find((name) => plainHeader.includes(name));
		if (found !== undefined) places.set(attribute, placeOf(found));
	}
	const chosen = { sourceId: idAttribute, email: emailAttribute };
	for (const [attribute, wish] of Object.entries(chosen)) {
		if (wish === attribute) continue;
		const place = places.get(wish) ?? placeOf(plainColumn(wish));
		if (place === -1) missing.push(wish);
		else places.set(attribute, place);
	}

	if (missing.length > 0) {
		const names = missing.join('", "');
		return { places, trouble: `The list has no column "${names}", which Settings name.` };
	}
	if (twice.length > 0) {
		const names = [...new Set(twice)].join('", "');
		return { places, trouble: `The list has several columns "${names}".` };
	}
	if (!places.has('sourceId')) {
		const trouble =
			'The list has no column with an ID. Name one in Settings: idAttribute; the address will do where there is nothing better.';
		return { places, trouble };
	}
	return { places };
}
