// Everything is stored; now the list of executions is to show that somebody has to look.
return $('Wrap up')
	.all()
	.filter(({ json }) => json.isResult && json.message);
