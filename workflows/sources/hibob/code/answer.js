const records = onceEach([
	...recordsOf($('First search').first().json),
	...($('Second search').isExecuted ? recordsOf($('Second search').first().json) : []),
]);

const answers = $('Questions')
	.all()
	.flatMap(({ json: { employeeId, email } }) => {
		const own = records.filter(({ sourceId }) => sourceId === employeeId);
		const keys = [email, ...own.map((record) => record.email)].map(emailKey).filter(Boolean);
		const others = records.filter((record) => keys.includes(emailKey(record.email)));
		return answerTo({ employeeId, email }, 'hibob', [...own, ...others]);
	});
return [...answers, ...answersToTheRest('hibob')];
