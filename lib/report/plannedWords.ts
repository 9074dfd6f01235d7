/** What a planned change does, in words that follow the name of the person or group. */
export const ACTION_WORDS: Readonly<Record<string, string>> = {
	'user.create': 'becomes a member',
	'user.update': 'gets other details',
	'user.rename': 'gets a new address',
	'user.remove': 'loses the seat',
	'group.create': 'the group is created',
	'group.adopt': 'the group is taken over',
	'group.rename': 'the group gets a new name',
	'group.delete': 'the group is deleted',
	'group.addMembers': 'joins a group',
	'group.removeMembers': 'leaves a group',
};

/** Why a plan has a change. */
export const REASON_WORDS: Readonly<Record<string, string>> = {
	joiner: 'listed by the directory, and not a member yet',
	drift: 'the directory says otherwise than Notion',
	renamed: 'a new address in the directory',
	role: 'another role in the directory',
	inactive: 'has left, by the word of the directory',
	unlisted: 'not listed by the directory any more',
	outOfScope: 'Notion is not meant for this person any more',
	withoutManagedGroup: 'in no managed group any more',
	groupMissing: 'a group of the directory that Notion does not have',
	groupExists: 'a group that has the name of a managed one',
	groupRenamed: 'a new name in the directory',
	groupUnlisted: 'a group that the directory does not have any more',
	groupMembership: 'the members of the group in the directory',
};
