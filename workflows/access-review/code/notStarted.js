// The directory or Notion could not be read as a whole. Nothing was stored and nobody was asked.
const [item] = $input.all();
const reason = item.json.error?.message ?? item.json.error ?? item.error?.message ?? 'The reason is not known.';
return [
	{
		json: {
			message: `The access review did not start: ${reason}`,
			alarm: {
				key: 'access review: not started',
				text: `The access review did not start: ${reason} Nobody was asked and nothing was taken away. When the cause is mended, start it by hand with StartReview.`,
			},
		},
	},
];
