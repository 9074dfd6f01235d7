// By ID. Where only addresses are known, by address.
const questions = $('Questions')
	.all()
	.map(({ json }) => json);
const ids = questions.map(({ employeeId }) => employeeId).filter(Boolean);
const emails = questions.map(({ email }) => email).filter(Boolean);
return ids.length > 0 ? searchesFor('id', ids) : searchesFor('email', emails);
