/**
 * The state of an account in an identity directory. A suspended or locked-out account may return tomorrow;
 * only a disabled one belongs to a person who has left.
 */
export type AccountState = 'active' | 'disabled' | 'notStarted' | 'suspended' | 'lockedOut';

/** A person as every emulated directory knows them; each one represents them in its own form. */
export interface DirectoryPerson {
	/** From 1 on, never used again. Each directory makes its own kind of id from it. */
	number: number;
	state: AccountState;
	/** Absent for one or two, who have an account all the same. */
	email?: string;
	/** Addresses that also lead to them. */
	secondaryEmails: string[];
	givenName?: string;
	familyName?: string;
	displayName: string;
	title?: string;
	department?: string;
	costCenter?: string;
	employeeNumber?: string;
	/** The number of another person. */
	managerNumber?: number;
	preferredLanguage?: string;
	phoneNumber?: string;
	/** Local dates, such as `2026-01-31`. */
	hireDate?: string;
	leaveDate?: string;
	/** A person of another company, who was invited. */
	isGuest: boolean;
	/** Groups that they are a direct member of, by name. */
	groups: string[];
}

export interface DirectoryGroup {
	/** From 1 on. */
	number: number;
	name: string;
	/** The name of the group that this one is a member of. */
	memberOf?: string;
}

/** Numbers of the people tests refer to. */
export const STAFF = {
	/** Without a manager, and in no group of a department. */
	chief: 1,
	headOfEngineering: 2,
	headOfSales: 3,
	/** Two people of one name, in different departments. */
	johnSmithOfEngineering: 10,
	johnSmithOfSales: 11,
	/** Will marry: see {@link DirectoryStaff.rename}. */
	mariaMueller: 12,
	/** An apostrophe, which filters must escape. */
	seanOBrien: 13,
	zoe: 14,
	wangXiaoming: 15,
	olga: 16,
	/** In SRE only, and thereby in Platform and Engineering. */
	siteReliability: 17,
	withoutEmail: [20, 21],
	withoutDepartment: [22, 23],
	/** No title, no employee number, no manager, no given and family name. */
	withoutAnything: 24,
	withSecondaryEmails: [25, 26],
	notStarted: [30, 31, 32],
	suspended: [35, 36],
	lockedOut: [38, 39],
	disabled: [40, 80, 120, 160, 200, 201, 202, 203, 240, 250],
	guests: [60, 61, 62],
} as const;

/** Nested groups: Engineering > Platform > SRE, and every department in Everyone. */
const GROUPS: Array<[name: string, memberOf?: string]> = [
	['Everybody'],
	['Engineering', 'Everybody'],
	['Platform', 'Engineering'],
	['SRE', 'Platform'],
	['Sales', 'Everybody'],
	['Sales EMEA', 'Sales'],
	['Marketing', 'Everybody'],
	['Finance', 'Everybody'],
	['People & Culture', 'Everybody'],
	['Büro Köln'],
	['Board'],
];

/** By department: the groups that its people take turns in, the titles, and who leads it. */
const DEPARTMENTS: Array<{ name: string; groups: string[]; titles: string[]; head: number }> = [
	{
		name: 'Engineering',
		groups: ['Engineering', 'Platform', 'SRE'],
		titles: ['Software Engineer', 'Senior Software Engineer', 'Site Reliability Engineer'],
		head: STAFF.headOfEngineering,
	},
	{
		name: 'Sales',
		groups: ['Sales', 'Sales EMEA'],
		titles: ['Account Executive', 'Sales Manager'],
		head: STAFF.headOfSales,
	},
	{ name: 'Marketing', groups: ['Marketing'], titles: ['Brand Manager', 'Editor'], head: 4 },
	{ name: 'Finance', groups: ['Finance'], titles: ['Controller', 'Accountant'], head: 5 },
	{
		name: 'People & Culture',
		groups: ['People & Culture'],
		titles: ['Recruiter', 'HR Business Partner'],
		head: 6,
	},
];

const GIVEN_NAMES = [
	'Ada', 'Alan', 'Anna', 'Bruno', 'Carla', 'David', 'Elena', 'Farid', 'Greta', 'Hugo', 'Ines',
	'Jonas', 'Kim', 'Lena', 'Marco', 'Nina', 'Omar', 'Priya', 'Quentin', 'Rosa', 'Samir', 'Tessa',
	'Umberto',
];
const FAMILY_NAMES = [
	'Adler', 'Bauer', 'Costa', 'Dubois', 'Eriksen', 'Ferrari', 'Gupta', 'Haddad', 'Ito', 'Jansen',
	'Kowalski', 'Lopez', 'Moreau', 'Novak', 'Okafor', 'Petrov', 'Quinn', 'Rossi', 'Silva', 'Tanaka',
	'Urban', 'Vega', 'Weber', 'Yilmaz', 'Zhang',
];

/** By number: what these people have that their place in the row does not give them. */
const SPECIAL: Record<number, Partial<DirectoryPerson>> = {
	[STAFF.johnSmithOfEngineering]: {
		...named('John', 'Smith', 'john.smith'),
		...placed('Engineering', 'Platform', 'Software Engineer'),
	},
	[STAFF.johnSmithOfSales]: {
		...named('John', 'Smith', 'john.smith2'),
		...placed('Sales', 'Sales', 'Account Executive'),
	},
	[STAFF.mariaMueller]: named('Maria', 'Müller', 'maria.mueller'),
	[STAFF.seanOBrien]: named('Seán', "O'Brien", "sean.o'brien"),
	[STAFF.zoe]: named('Zoë', 'Łukasiewicz', 'zoe.lukasiewicz'),
	[STAFF.wangXiaoming]: { ...named('小明', '王', 'xiaoming.wang'), displayName: '王小明' },
	[STAFF.olga]: named('Ольга', 'Иванова', 'olga.ivanova'),
	[STAFF.siteReliability]: placed('Engineering', 'SRE', 'Site Reliability Engineer'),
};

/** 250 people in the groups of a company: always the same ones. */
export function directoryStaff(): DirectoryStaff {
	const people = Array.from({ length: 250 }, (_, index) => personOf(index + 1));
	const groups = GROUPS.map(([name, memberOf], index): DirectoryGroup => ({
		number: index + 1,
		name,
		...(memberOf === undefined ? {} : { memberOf }),
	}));
	return new DirectoryStaff(people, groups);
}

/** The people and groups of an emulated directory, and the actions of its admin. */
export class DirectoryStaff {
	readonly #atFirst: { people: DirectoryPerson[]; groups: DirectoryGroup[] };
	#people = new Map<number, DirectoryPerson>();
	#groups: DirectoryGroup[] = [];
	#lastNumber = 0;

	constructor(people: DirectoryPerson[] = [], groups: DirectoryGroup[] = []) {
		this.#atFirst = { people, groups };
		this.reset();
	}

	/** Undoes every change. */
	reset(): void {
		const { people, groups } = this.#atFirst;
		this.#people = new Map(people.map((person) => [person.number, person]));
		this.#groups = [...groups];
		this.#lastNumber = Math.max(0, ...this.#people.keys());
	}

	/** By their numbers. */
	all(): DirectoryPerson[] {
		return [...this.#people.values()];
	}

	find(number: number | undefined): DirectoryPerson | undefined {
		return number === undefined ? undefined : this.#people.get(number);
	}

	/** @throws Error if no one has this number */
	get(number: number): DirectoryPerson {
		const person = this.#people.get(number);
		if (!person) throw new Error(`The emulated directory has no person ${number}`);
		return person;
	}

	groups(): DirectoryGroup[] {
		return [...this.#groups];
	}

	findGroup(name: string): DirectoryGroup | undefined {
		return this.#groups.find((group) => group.name === name);
	}

	/** Who is in the group itself, not in a group below it. */
	directMembersOf(groupName: string): DirectoryPerson[] {
		return this.all().filter(({ groups }) => groups.includes(groupName));
	}

	/** The groups that are members of this one. */
	groupsIn(groupName: string): DirectoryGroup[] {
		return this.#groups.filter(({ memberOf }) => memberOf === groupName);
	}

	/** Who is in the group or in one below it, by their numbers. */
	membersOf(groupName: string): DirectoryPerson[] {
		return this.all().filter(({ number }) => this.groupsOf(number).includes(groupName));
	}

	/** Names of all groups that a person is in, also through others, in the order of {@link groups}. */
	groupsOf(number: number): string[] {
		const names = new Set<string>();
		const enter = (name: string | undefined) => {
			if (name === undefined || names.has(name)) return;
			names.add(name);
			enter(this.findGroup(name)?.memberOf);
		};
		for (const name of this.get(number).groups) enter(name);
		return this.#groups.map(({ name }) => name).filter((name) => names.has(name));
	}

	/** A new person, with only the given values. */
	join(person: Partial<Omit<DirectoryPerson, 'number'>> & { displayName: string }): DirectoryPerson {
		this.#lastNumber += 1;
		const joined: DirectoryPerson = {
			state: 'active',
			secondaryEmails: [],
			isGuest: false,
			groups: [],
			...person,
			number: this.#lastNumber,
		};
		this.#people.set(joined.number, joined);
		return joined;
	}

	/** Changes the given values; see {@link without} for removing a value. */
	change(number: number, change: Partial<Omit<DirectoryPerson, 'number'>>): void {
		this.#people.set(number, { ...this.get(number), ...change });
	}

	/** Removes values from a person. */
	without(number: number, ...names: Array<OptionalName>): void {
		const person = { ...this.get(number) };
		for (const name of names) delete person[name];
		this.#people.set(number, person);
	}

	/** A person gets another family name, and a matching address; the old one still leads to them. */
	rename(number: number, familyName: string, email: string): void {
		const { givenName, email: former, secondaryEmails } = this.get(number);
		this.change(number, {
			familyName,
			email,
			displayName: [givenName, familyName].filter((name) => name !== undefined).join(' '),
			secondaryEmails: former === undefined ? secondaryEmails : [...secondaryEmails, former],
		});
	}

	/** A person leaves: the account is disabled, and stays in its groups. */
	leave(number: number, leaveDate?: string): void {
		this.change(number, { state: 'disabled', ...(leaveDate === undefined ? {} : { leaveDate }) });
	}

	/** The account is deleted. */
	remove(number: number): void {
		this.get(number);
		this.#people.delete(number);
	}

	/** A person moves to another department: its head becomes their manager, and they join its group. */
	move(number: number, department: string): void {
		const from = DEPARTMENTS.find(({ name }) => name === this.get(number).department);
		const to = DEPARTMENTS.find(({ name }) => name === department);
		if (!to) throw new Error(`The emulated directory has no department "${department}"`);
		const kept = this.get(number).groups.filter((name) => !from?.groups.includes(name));
		const [group = department] = to.groups;
		this.change(number, {
			department,
			managerNumber: to.head,
			costCenter: costCenterOf(DEPARTMENTS.indexOf(to)),
			groups: [...kept, group],
		});
	}

	addToGroup(number: number, groupName: string): void {
		const { groups } = this.get(number);
		this.change(number, { groups: [...new Set([...groups, groupName])] });
	}

	removeFromGroup(number: number, groupName: string): void {
		const { groups } = this.get(number);
		this.change(number, { groups: groups.filter((name) => name !== groupName) });
	}

	/** A new group, without members. */
	addGroup(name: string, memberOf?: string): void {
		const number = Math.max(0, ...this.#groups.map((group) => group.number)) + 1;
		this.#groups.push({ number, name, ...(memberOf === undefined ? {} : { memberOf }) });
	}
}

type OptionalName = {
	[Name in keyof DirectoryPerson]-?: undefined extends DirectoryPerson[Name] ? Name : never;
}[keyof DirectoryPerson];

function personOf(number: number): DirectoryPerson {
	const department = DEPARTMENTS.find(({ head }) => head === number) ?? departmentOf(number);
	const isHead = department.head === number;
	const isChief = number === STAFF.chief;
	const turn = Math.floor(number / 3);
	const group = isHead ? department.groups[0] : department.groups[turn % department.groups.length];
	const title = isHead ? `Head of ${department.name}` : department.titles[turn % department.titles.length];
	const givenName = GIVEN_NAMES[number % GIVEN_NAMES.length] ?? '';
	const familyName = FAMILY_NAMES[number % FAMILY_NAMES.length] ?? '';
	const person: DirectoryPerson = {
		number,
		state: stateOf(number),
		...named(givenName, familyName, `${givenName}.${familyName}`.toLowerCase()),
		secondaryEmails: [],
		title: isChief ? 'Chief Executive Officer' : (title ?? department.name),
		department: isChief ? 'Management' : department.name,
		costCenter: costCenterOf(DEPARTMENTS.indexOf(department)),
		employeeNumber: `E-${String(number).padStart(4, '0')}`,
		...(isChief ? {} : { managerNumber: isHead ? STAFF.chief : department.head }),
		preferredLanguage: number % 4 === 0 ? 'de-DE' : 'en-US',
		phoneNumber: `+49 221 555 ${String(number).padStart(4, '0')}`,
		hireDate: '2024-01-15',
		isGuest: false,
		groups: isChief ? ['Everybody'] : [group ?? department.name],
		...SPECIAL[number],
	};
	if (number % 10 === 7) person.groups.push('Büro Köln');
	return withGaps(person);
}

function costCenterOf(index: number): string {
	return `CC-${100 + index}`;
}

/** Half of all people are engineers. */
function departmentOf(number: number) {
	const [engineering, ...others] = DEPARTMENTS;
	const other = others[Math.floor(number / 2) % others.length];
	const found = number % 2 === 0 ? engineering : other;
	if (!found) throw new Error('There are no departments');
	return found;
}

function stateOf(number: number): AccountState {
	const isOneOf = (numbers: readonly number[]) => numbers.includes(number);
	if (isOneOf(STAFF.disabled)) return 'disabled';
	if (isOneOf(STAFF.notStarted)) return 'notStarted';
	if (isOneOf(STAFF.suspended)) return 'suspended';
	return isOneOf(STAFF.lockedOut) ? 'lockedOut' : 'active';
}

/** Missing or additional values of some people. */
function withGaps(person: DirectoryPerson): DirectoryPerson {
	const { number } = person;
	const isOneOf = (numbers: readonly number[]) => numbers.includes(number);
	if (isOneOf(STAFF.withoutEmail)) delete person.email;
	if (isOneOf(STAFF.withoutDepartment)) delete person.department;
	if (number === STAFF.withoutAnything) {
		delete person.givenName;
		delete person.familyName;
		delete person.title;
		delete person.department;
		delete person.costCenter;
		delete person.employeeNumber;
		delete person.managerNumber;
		delete person.preferredLanguage;
		delete person.phoneNumber;
		delete person.hireDate;
		person.groups = [];
	}
	if (isOneOf(STAFF.withSecondaryEmails)) {
		person.secondaryEmails = [`former${number}@example.com`, `former${number}@example.org`];
	}
	if (isOneOf(STAFF.notStarted)) person.hireDate = '2099-02-01';
	if (person.state === 'disabled') person.leaveDate = '2026-01-31';
	if (isOneOf(STAFF.guests)) {
		person.isGuest = true;
		person.email = `guest${number}@partner.example`;
		person.groups = ['Büro Köln'];
	}
	return person;
}

function named(givenName: string, familyName: string, localPart: string) {
	return {
		givenName,
		familyName,
		displayName: `${givenName} ${familyName}`,
		email: `${localPart}@example.com`,
	};
}

function placed(department: string, group: string, title: string): Partial<DirectoryPerson> {
	const index = DEPARTMENTS.findIndex(({ name }) => name === department);
	const managerNumber = DEPARTMENTS[index]?.head ?? STAFF.chief;
	return { department, groups: [group], title, managerNumber, costCenter: costCenterOf(index) };
}
