const people = [...peopleOf('First search'), ...peopleOf('Second search')];
const nobody = people.length === 0;
const employments = nobody ? [] : entriesOf('Employments');
const managers = nobody ? [] : peopleOf('Managers');
const departments =
	!nobody && $('Department').isExecuted
		? $('Department')
				.all()
				.map(({ json }) => json)
		: [];
if (departments.some(({ id, name }) => text(id) === undefined || text(name) === undefined)) {
	throw new Error('Personio did not give the name of a department.');
}
const records = onceEach(
	people.map((person) => recordOf(person, employments, { managers, departments })),
);

const answers = $('Questions')
	.all()
	.flatMap(({ json: { employeeId, email } }) => {
		const own = records.filter(({ sourceId }) => sourceId === employeeId);
		const keys = [email, ...own.map((record) => record.email)].map(emailKey).filter(Boolean);
		const others = records.filter((record) => keys.includes(emailKey(record.email)));
		return answerTo({ employeeId, email }, 'personio', [...own, ...others]);
	});
return [...answers, ...answersToTheRest('personio')];
