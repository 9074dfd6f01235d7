// Without a number that can be believed, nothing may be taken away: the node sees to that.
const used = usedOfDay({
	changes: tableRows($('Read changes').all()),
	removals: tableRows($('Read removals').all()),
	execution: $execution.id,
	now: Date.now(),
});
const [report] = rowsIn($('Last report').all());
return [
	{
		json: {
			alreadyUsed: used,
			links: rowsIn($('Read links of removal').all()),
			memory: JSON.parse(report?.memory || '{}'),
		},
	},
];
