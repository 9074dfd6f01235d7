/**
 * Thrown by the checks of this folder with everything that they found, not only the first of it.
 */
class PackageProblems extends Error {
	/**
	 * @param {string} checked what was checked, in the plural
	 * @param {string[]} problems one sentence each, with the file at its front
	 */
	constructor(checked, problems) {
		super([`${checked}: ${problems.length} to fix`, ...problems].join('\n  - '));
		this.name = 'PackageProblems';
		/** Gulp then prints the message alone; the stack says nothing about a faulty file. */
		this.showStack = false;
	}
}

/** @param {string} checked @param {string[]} problems */
function refuseIfAny(checked, problems) {
	if (problems.length > 0) throw new PackageProblems(checked, problems);
}

module.exports = { PackageProblems, refuseIfAny };
