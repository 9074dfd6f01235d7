// The first round is known; each later one follows from what the one before it brought.
const earlier = Array.from({ length: $runIndex }, (_, run) =>
	$('To read')
		.all(0, run)
		.map(({ json }) => json),
);
const answers = $input.all().map(({ json }) => json);
const { next, pause } =
	$runIndex === 0
		? { next: firstRequests().map((request) => ({ ...request, tries: 1 })), pause: 0 }
		: roundOf(earlier.at(-1), answers, new Set(earlier.flat().map(({ url }) => url)), follow);
if (next.length === 0) return [{ json: { isRead: true, rounds: $runIndex } }];
return next.map((request) => ({ json: { ...request, isRead: false, pause } }));
