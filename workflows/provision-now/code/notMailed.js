// What was done is done; that nobody was told must not stay unnoticed.
const { person, title } = $('Outcome').first().json;
const [{ json, error }] = $input.all();
const why = error?.message ?? json.error?.message ?? json.error ?? 'The reason is not known.';
return [
	{
		json: {
			alarm: {
				key: 'Provision now: mail',
				text: `"${title}" of ${person} could not be mailed: ${why}`,
			},
		},
	},
];
