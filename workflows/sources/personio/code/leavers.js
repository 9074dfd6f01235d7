const people = peopleOf('All inactive');
const employments = people.length === 0 ? [] : entriesOf('Employments of leavers');
const { since } = $('Questions').first().json;
return leaversAnswer(
	'personio',
	people.map((person) => recordOf(person, employments)),
	since,
	{
		pages: $('All inactive').all().length,
		complete: true,
	},
);
