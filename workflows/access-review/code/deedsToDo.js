// The intentions are stored; now what others have taken away in the last 24 hours.
const COUNTED = ['intended', 'done', 'removed', 'notVerified'];
const isOther = ({ execution }) => execution !== String($execution.id);
const alreadyUsed =
	tableRows($('Used by changes').all())
		.filter((row) => isOther(row) && COUNTED.includes(row.outcome))
		.reduce((sum, { impact }) => sum + (Number(impact) || 0), 0) +
	leaversOfDay(tableRows($('Used by lockdowns').all()).filter(isOther), Date.now());
const intentions = $('Write intention').all();
const removalLimit = Number($('Settings').first().json.removalLimit) || 0;
return $('Deeds')
	.all()
	.map(({ json }, index) => ({
		json: { ...json, id: intentions[index].json.id, alreadyUsed, removalLimit },
	}));
