return $('Wrap up')
	.all()
	.flatMap(({ json: { claimKey, state } }) => (claimKey ? [{ json: { claimKey, state } }] : []));
