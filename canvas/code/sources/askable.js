// A question that cannot be asked stops no other one. It is answered with the reason; where no question can
// be asked, the workflow fails with it.
const askable = asked.filter((question) => problemOf(question) === undefined);
if (askable.length === 0) throw new Error(problemOf(asked[0]));

/** The answer to a question that could not be asked, or whose answer cannot be used. */
const unreadableAnswer = (source, { employeeId, email }, why) => ({
	json: { found: false, source, asked: { employeeId, email }, unreadable: why },
});

const answersToTheRest = (source) =>
	asked
		.filter((question) => problemOf(question) !== undefined)
		.map((question) => unreadableAnswer(source, question, problemOf(question)));
