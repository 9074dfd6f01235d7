// The intentions are stored; now what others have taken away in the last 24 hours.
const COUNTED = ['intended', 'done', 'removed', 'notVerified'];
const used = ['Used by changes', 'Used by lockdowns']
	.flatMap((name) => $(name).all())
	.map(({ json }) => json)
	.filter(({ id, execution, outcome }) => id !== undefined && execution !== String($execution.id) && COUNTED.includes(outcome));
const alreadyUsed = used.reduce((sum, { impact }) => sum + (Number(impact) || 0), 0);
const intentions = $('Write intention').all();
const removalLimit = Number($('Settings').first().json.removalLimit) || 0;
return $('Deeds')
	.all()
	.map(({ json }, index) => ({
		json: { ...json, id: intentions[index].json.id, alreadyUsed, removalLimit },
	}));
