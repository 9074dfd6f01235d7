import { ScimError } from '../../scim/scimError';
import { failedManifest } from '../person/sourceItems';
import type { Entry } from './entry';
import { groupsIn, isManifest, isPerson } from './entry';
import type { GroupRule, WrittenRule } from './groupRules';
import { attributesNoOneHas, checkedGroupRules, groupsByRules } from './groupRules';

/** How the people of a directory are changed before they are compared. */
export interface DesiredRules {
	/** Only people of this group of the directory are in scope; empty for all. */
	pilotGroup: string;
	groupRules: readonly WrittenRule[];
	/** Whether groups that no rule names stay as the directory has them. */
	keepOtherGroups: boolean;
}

/**
 * The items of a directory source as the admin wants them compared with Notion. A person outside the pilot
 * group is out of scope, and so is one whose groups are not known. Rules replace a person's groups; where
 * they cannot be told the groups are left out, and so are not touched. A source that failed, and a rule with
 * a mistake, become an incomplete manifest: then nothing is removed.
 *
 * @param now epoch milliseconds
 */
export function desiredPeople(items: readonly Entry[], rules: DesiredRules, now: number): Entry[] {
	const failure = items.find((item) => item['error'] !== undefined && item['sourceId'] === undefined);
	const entries = items.filter((item) => item !== failure && Object.keys(item).length > 0);
	const checked = checkedOrMistake(rules.groupRules);
	if (checked instanceof ScimError) return [failedManifest(checked.message, now)];
	// The pilot group is a group of the directory, so it is looked for before rules replace the groups.
	const inScope = entries.map((entry) => (isPerson(entry) ? withPilot(entry, rules.pilotGroup) : entry));
	const desired = withGroupRules(inScope, checked, rules.keepOtherGroups);
	return failure ? [...desired, failedManifest(`The directory source failed: ${saidBy(failure)}`, now)] : desired;
}

function checkedOrMistake(written: readonly WrittenRule[]): GroupRule[] | ScimError {
	try {
		return checkedGroupRules(written);
	} catch (error) {
		if (error instanceof ScimError) return error;
		return new ScimError('invalidInput', String(error), 'Correct the rules.');
	}
}

function withGroupRules(entries: readonly Entry[], rules: readonly GroupRule[], keepOthers: boolean): Entry[] {
	if (rules.length === 0) return [...entries];
	const missing = attributesNoOneHas(entries.filter(isPerson), rules);
	return entries.map((entry) => {
		if (isManifest(entry)) return missing.length === 0 ? entry : withoutGroups(entry, missing);
		if (!isPerson(entry)) return entry;
		const person = { ...entry };
		delete person.groups;
		const groups = missing.length > 0 ? undefined : groupsByRules(entry, rules, { keepOthers });
		return groups === undefined ? person : { ...person, groups };
	});
}

/** A rule that would hold for no one is not believed. */
function withoutGroups(manifest: Entry, missing: readonly string[]): Entry {
	const why = `Group Rules ask for ${missing.join(' and ')}, which no one in the directory has, so groups are not touched.`;
	const said = typeof manifest['explanation'] === 'string' ? `${manifest['explanation']} ` : '';
	return { ...manifest, groupsComplete: false, explanation: `${said}${why}` };
}

function withPilot(person: Entry, pilotGroup: string): Entry {
	if (pilotGroup.trim() === '') return person;
	const groups = groupsIn(person);
	if (groups?.some((group) => plain(group) === plain(pilotGroup))) return person;
	const unknown = groups === undefined ? ', and the groups could not be read' : '';
	const scopeNote = `Only the pilot group "${pilotGroup.trim()}" is in scope for now${unknown}.`;
	if (person['status'] !== 'inactive') return { ...person, inScope: false, scopeNote };
	// Having left is evidence whatever the scope is. Outside the pilot it may not be acted on.
	const explanation = `They have left, but nothing is done about it: ${scopeNote}`;
	return { ...person, inScope: false, active: true, status: 'unknown', scopeNote, explanation };
}

function plain(name: string): string {
	return name.trim().normalize('NFC').toLowerCase();
}

function saidBy({ error }: Entry): string {
	if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
	return String(error);
}
