// Once a month, and whenever somebody asks for it by hand.
const settings = $('Settings').first().json;
const to = Date.now();
const zone = isZone(settings.timeZone) ? settings.timeZone : 'UTC';
const isReportDay = DateTime.fromMillis(to, { zone }).day === settings.reportDay;
if ($('Nightly').isExecuted && !isReportDay) return [];

const report = leaverReport({
	reading: hrisReading(itemsOf('HRIS leavers').map(({ json }) => json)),
	members: memberReading(itemsOf('Members').map(({ json }) => json)),
	membersReadAt: $('Leavers asked').first().json.readAt,
	links: rowsOf('Read links'),
	audit: rowsOf('Read audit again'),
	from: to - settings.daysBack * DAY,
	to,
	settings,
});
const about = `Made by ${$workflow.name} in n8n, execution ${$execution.id}.`;
const file = (text, name, mimeType, fileExtension) => ({
	data: Buffer.from(text, 'utf8').toString('base64'),
	mimeType,
	fileName: `leavers-${DateTime.fromMillis(to, { zone }).toISODate()}.${name}`,
	fileExtension,
});
const { totals } = report;
return [
	{
		json: {
			subject: `Notion leavers: ${totals.leavers} left, ${totals.removedInTime} removed in time, ${totals.removedLate} late, ${totals.open} open`,
			text: reportText(report),
			totals,
		},
		binary: {
			html: file(reportHtml(report, about), 'html', 'text/html', 'html'),
			csv: file(reportCsv(report), 'csv', 'text/csv', 'csv'),
		},
	},
];
