const texts = {};
for (const name of ['report', 'seats']) {
	texts[name] = (await this.helpers.getBinaryDataBuffer(0, name)).toString('utf8');
}
const row = reportRow($input.first().json, { html: texts.report, csv: texts.seats, execution: $execution.id });
return [{ json: row }];
