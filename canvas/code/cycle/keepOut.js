// Whom a plan must not let in again, because something else has shut them out.

/** What an emergency has done, or found, in Notion. Whom it still works on does not come in, either. */
const SHUT_OUT = ['lockedDown', 'alreadyLocked', 'notFound', 'notVerified'];
const UNDER_WAY = ['intended', 'retry'];
/** A directory may hear of a leaver a day or two after the HRIS. */
const LEAVERS_FOR = 48 * 60 * 60 * 1000;

/**
 * People for `keepOut` of directory.plan, in the order of the tables.
 *
 * @param lockdowns rows of notion_scim_changes about emergencies, one for each person and app
 * @param removals rows of notion_scim_changes about leavers
 * @param settings { keepOutDays, letBackIn } where letBackIn are addresses of people who may come back
 */
function keptOut({ lockdowns, removals, settings, now }) {
	const days = numberOr(settings.keepOutDays, 30);
	const remedy = 'To let them back in, write their address into letBackIn of Settings.';
	const dayOf = (instant) => new Date(instant).toISOString().slice(0, 16).replace('T', ' ');
	const by = (name) => (name ? `, asked for by ${name}` : '');
	const letBackIn = new Set(listOfNames(settings.letBackIn).map(emailKey));
	const rows = [
		...lockdowns
			.filter(
				({ key, state, outcome }) =>
					String(key).endsWith('|notion') && (SHUT_OUT.includes(outcome) || UNDER_WAY.includes(state)),
			)
			.map((row) => ({
				email: row.email,
				userId: row.userId,
				until: new Date(row.createdAt).getTime() + days * 24 * 60 * 60 * 1000,
				why: `An emergency lockdown shut ${row.email} out of Notion (${dayOf(row.createdAt)} UTC${by(row.requestedBy)}). ${remedy}`,
			})),
		...removals
			.filter(({ outcome }) => outcome === 'removed' || outcome === 'notVerified')
			.map((row) => ({
				email: row.email,
				userId: row.userId,
				until: takenAwayAt(row) + LEAVERS_FOR,
				why: `${row.email || row.userId} has left and was removed from Notion (${dayOf(takenAwayAt(row))} UTC${by(row.requestedBy)}). The directory may not know yet. ${remedy}`,
			})),
	];
	return rows
		.filter(
			({ email, userId, until }) =>
				(email || userId) && until > now && !letBackIn.has(emailKey(email)),
		)
		.map(({ email, userId, until, why }) => ({
			...(email ? { email } : {}),
			...(userId ? { userId } : {}),
			until: new Date(until).toISOString(),
			why,
		}));
}
