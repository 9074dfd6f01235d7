// The HRIS is asked for one day more, because a day begins and ends elsewhere at another time.
const { daysBack } = $('Settings').first().json;
return [
	{
		json: {
			ask: 'leavers',
			readAt: Date.now(),
			since: new Date(Date.now() - (daysBack + 1) * DAY).toISOString().slice(0, 10),
		},
	},
];
