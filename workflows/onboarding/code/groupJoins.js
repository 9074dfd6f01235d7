// One item for each group that somebody is to join. Owners and membership admins are left as they
// are: a person has to look at such a hire first.
return $input.all().flatMap(({ json: user }, index) => {
	const isMember = ['created', 'updated', 'unchanged', 'unconfirmed', 'notTaken'].includes(user.outcome);
	if (!isMember || ['owner', 'membership_admin'].includes(user.role)) return [];
	const { groups } = $('On record').itemMatching(index).json;
	return groups.map((group) => ({ json: { group, userId: user.id }, pairedItem: index }));
});
