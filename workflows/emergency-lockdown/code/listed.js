/** The mail of error-notification has room for 4,000 characters of an alarm. */
const MOST_CHARACTERS = 3500;

/**
 * As many texts as an alarm has room for; then how many more there are, and where.
 *
 * @param rows which rows of the table have all of them
 */
function listed(texts, rows, between = '\n') {
	let room = MOST_CHARACTERS;
	const shown = texts.filter((text) => (room -= text.length + between.length) >= 0);
	const more = texts.length - shown.length;
	const all = shown.join(between);
	return more === 0 ? all : `${all}\nAnd ${more} more: see the Data Table emergency_results, ${rows}.`;
}
