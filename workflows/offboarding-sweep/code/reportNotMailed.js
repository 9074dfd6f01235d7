const [{ json }] = $input.all();
return [
	{
		json: {
			alarm: {
				key: 'sweep: report',
				text: `The leaver report could not be mailed: ${json.error} Start MakeReport by hand when the mail server works.`,
			},
		},
	},
];
