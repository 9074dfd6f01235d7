const byId = $('By ID').isExecuted
	? $('By ID')
			.all()
			.flatMap(({ json }) => personOf(json) ?? [])
	: [];
const pages = $('By address').isExecuted
	? $('By address')
			.all()
			.map(({ json }) => json)
	: [];
// Each address has its own pages: whether they are whole is told by the number of people of each.
const records = onceEach([...byId, ...pages.flatMap((page) => listOf([page]).records)]);

const answers = $('Questions')
	.all()
	.flatMap(({ json: { employeeId, email } }) => {
		const own = records.filter(({ sourceId }) => sourceId === employeeId);
		const keys = [email, ...own.map((record) => record.email)].map(emailKey).filter(Boolean);
		const others = records.filter((record) => keys.includes(emailKey(record.email)));
		return answerTo({ employeeId, email }, 'deel', [...own, ...others]);
	});
return [...answers, ...answersToTheRest('deel')];
