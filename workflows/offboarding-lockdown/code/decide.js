const form = $('ReleaseForm').first().json;
const held = $('Read held')
	.all()
	.map(({ json }) => json)
	.filter(({ id }) => id !== undefined);
const answers = {
	decider: form['Your email address'],
	code: form['Code of the list'],
	isRight: form['Is every name on the list right?'],
};
const decided = decisionOn(answers, held, Date.now());
const approvedBy = `${String(answers.decider).trim()} (assurance: basic auth of the form + typed address)`;
const reference = `release ${new Date().toISOString()}, execution ${$execution.id}, list ${String(answers.code ?? '').trim()}`;
return [{ json: { ...decided, held: held.map(({ id }) => id), approvedBy, reference } }];
