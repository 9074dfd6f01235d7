/** Why a line of the plan may end a seat that somebody has approved. */
const REASONS = ['inactive', 'unlisted'];

/**
 * What of a plan was approved: removals of picked people, and nothing else.
 *
 * @param lines of directory.plan
 * @param picks seats as they were picked
 * @param mayTakeAway whether the plan was made on readings that are whole
 * @returns { lines, others }: lines to apply, and for each pick without one why there is none: `stays`
 * for whom the directory lists, `blocked` where it only cannot be told, or not yet, that they are absent
 */
function pickedLines(lines, picks, mayTakeAway) {
	const removals = lines.filter(({ action, target, reason }) => action === 'user.remove' && target?.type === 'user' && REASONS.includes(reason));
	const chosen = picks.map((pick) => ({ pick, line: removals.find(({ target }) => target.id === pick.userId) }));
	return {
		lines: chosen.flatMap(({ line }) => (line ? [line] : [])),
		others: chosen
			.filter(({ line }) => !line)
			.map(({ pick }) => {
				const said = lines.find(({ target }) => target?.type === 'user' && target.id === pick.userId);
				return {
					email: pick.email,
					outcome: mayTakeAway === false || said?.reason === 'unlisted' ? 'blocked' : 'stays',
					note: said?.explanation ?? 'The directory does not say any more that this person has left, or the seat is gone already.',
				};
			}),
	};
}
