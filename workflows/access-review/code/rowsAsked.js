// Only the first time that somebody is asked counts for the escalation. All open rows of a reviewer were
// in the mail, so one change for each mail is enough.
const { now, review } = $('Due').first().json;
return $('Letters sent')
	.all()
	.filter(({ json }) => json.isSent)
	.map(({ json: { reviewer } }) => ({
		json: { reviewId: review.reviewId, reviewer, askedAt: new Date(now).toISOString() },
	}));
