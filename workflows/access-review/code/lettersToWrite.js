const { letters, review } = $('Due').first().json;
return letters.map(({ reviewer, kind, rowCount, people, askedAs }) => ({
	json: { reviewId: review.reviewId, reviewer, kind, rowCount, people, askedAs, dueAt: review.dueAt },
}));
