// What this execution is to do, if anything: a cycle, or a plan that was approved. Two never run at once.
const settings = $('Settings').first().json;
const now = Date.now();
const standing = standingOf(tableRows($('Read cycles').all()), settings, now);
const called = $('WhenCalled').isExecuted ? $('WhenCalled').first().json : undefined;
const isRun = (name) => $(name).isExecuted;
const door = isRun('EveryFortyMinutes')
	? 'clock'
	: isRun('RunNow') || isRun('WhenCalled')
		? 'person'
		: 'hint';

/** Nothing has happened to the person whom an admin names while trying the connection to the HRIS. */
function isSimulated() {
	try {
		const events = $('HrisEvents');
		return events.isExecuted && events.all().every(({ json }) => json.simulation === true);
	} catch {
		// A workflow may be without that door.
		return false;
	}
}
if (door === 'hint' && isSimulated()) return [];

const { due, why } = cycleDue(standing, { door, now });
if (!due) {
	console.log(why);
	return [];
}
return [
	{
		json: {
			ask: called?.ask === 'applyPlan' ? 'applyPlan' : 'cycle',
			planId: Number(called?.planId) || 0,
			requestedBy: String(called?.requestedBy ?? '').trim(),
			startedAt: new Date(now).toISOString(),
			...modeOf(standing, settings),
			claimKey: `${$workflow.name}|cycle`,
		},
	},
];
