// Back from the applications to the people.
return $('Google accounts')
	.all()
	.map(({ json }) => json)
	.filter(({ account }) => account)
	.map((json) => ({ json }));
