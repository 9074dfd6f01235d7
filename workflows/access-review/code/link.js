// The next link of the chain. Whoever alters an earlier one alters every head behind it.
const [last] = $('Chain so far')
	.all()
	.map(({ json }) => json)
	.filter(({ id }) => id !== undefined);
const { what, reviewId, digest } = $('Digest').first().json;
const link = {
	seq: (Number(last?.seq) || 0) + 1,
	at: new Date().toISOString(),
	reviewId,
	what,
	digest,
	previous: last?.head ?? '',
};
// What a line of the README tells whoever checks the chain.
const { seq, at, previous } = link;
return [{ json: { ...link, linkText: [seq, at, reviewId, what, digest, previous].join('\n') } }];
