// What the HRIS is asked: once for each event that is this workflow's and says whom it is about.
return $('Mine to do').all().flatMap(({ json }, index) =>
	isToAsk(json) ? [{ json: { event: index, ...questionOf(json) }, pairedItem: index }] : [],
);
