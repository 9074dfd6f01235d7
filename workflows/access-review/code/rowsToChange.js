const { changes, now, review } = $('Due').first().json;
return changes.map(({ rowIds, ...change }) => ({
	json: {
		...change,
		reviewId: review.reviewId,
		decidedAt: change.decision ? new Date(now).toISOString() : '',
	},
}));
