import type { PersonName } from '../workspace/account.mts';
import type { NewPerson, Workspace } from '../workspace/workspace.mts';
import { VERIFIED_DOMAIN } from './defaultWorkspace.mts';
import { departments, familyNames, givenNames, namesInOtherScripts } from './names.mts';
import { SeededRandom } from './random.mts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Some people of every large company look different from the rest. */
const share = {
	withoutName: 0.01,
	oneName: 0.02,
	nameInOtherScript: 0.03,
	outsideVerifiedDomain: 0.03,
	restricted: 0.03,
	withSecondaryEmail: 0.02,
	withoutDepartment: 0.02,
};

/**
 * Adds `count` members with names from many languages, departments, and a group per department;
 * everyone but restricted members is in "All Staff". The same workspace and the same seed give
 * the same people.
 */
export const seedPeople = (workspace: Workspace, count: number, seed: number): void => {
	const random = new SeededRandom(seed + workspace.members().length);
	const groupMembers = new Map<string, string[]>();
	const nextSuffix = new Map<string, number>();

	/** `ada.osei`, and `ada.osei.2` for the second one of that name. */
	const freeEmail = (name: string, domain: string): string => {
		for (;;) {
			const suffix = (nextSuffix.get(name) ?? 0) + 1;
			nextSuffix.set(name, suffix);
			const email = `${suffix === 1 ? name : `${name}.${suffix}`}@${domain}`;
			if (!workspace.userByEmail(email)) return email;
		}
	};

	for (let index = 0; index < count; index++) {
		const { person, department } = randomPerson(random, freeEmail);
		const account = workspace.addUser(person);
		const groups = [
			...(person.role === 'restricted_member' ? [] : ['All Staff']),
			...(department === undefined ? [] : [department]),
		];
		for (const group of groups) {
			const members = groupMembers.get(group);
			if (members) members.push(account.id);
			else groupMembers.set(group, [account.id]);
		}
	}

	for (const [displayName, members] of groupMembers) {
		const group = workspace.groupByName(displayName) ?? workspace.addGroup({ displayName });
		workspace.updateGroup(group.id, { memberIds: [...group.memberIds, ...members] });
	}
};

const randomPerson = (
	random: SeededRandom,
	freeEmail: (name: string, domain: string) => string,
): { person: NewPerson; department: string | undefined } => {
	const { name, address } = someName(random);
	const isOutside = random.chance(share.outsideVerifiedDomain);
	const email = freeEmail(address, isOutside ? 'contractor.example' : VERIFIED_DOMAIN);
	const { name: department, titles } = random.pick(departments);
	const hasDepartment = !random.chance(share.withoutDepartment);

	const person: NewPerson = {
		email,
		...(random.chance(share.withoutName) ? {} : { name }),
		role: random.chance(share.restricted) ? 'restricted_member' : 'member',
		secondaryEmails: random.chance(share.withSecondaryEmail) ? [`private.${email}`] : [],
		attributes: {
			title: random.pick(titles),
			...(hasDepartment ? { [enterprise]: { department } } : {}),
		},
	};
	return { person, department: hasDepartment ? department : undefined };
};

const someName = (random: SeededRandom): { name: PersonName; address: string } => {
	if (random.chance(share.nameInOtherScript)) {
		const [givenName, familyName, address] = random.pick(namesInOtherScripts);
		return { name: { formatted: `${givenName} ${familyName}`, givenName, familyName }, address };
	}
	const [givenName, givenAddress] = random.pick(givenNames);
	if (random.chance(share.oneName)) {
		return { name: { formatted: givenName, givenName }, address: givenAddress };
	}
	const [familyName, familyAddress] = random.pick(familyNames);
	return {
		name: { formatted: `${givenName} ${familyName}`, givenName, familyName },
		address: `${givenAddress}.${familyAddress}`,
	};
};
