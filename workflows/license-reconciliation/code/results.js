const { lines } = $('Picked lines').first().json;
if (lines.length === 0) return [];
const written = $('Write intentions').all();
const ran = $('Apply').isExecuted;
const results = resultsOf(lines, ran ? $('Apply').all(0) : [], ran ? $('Apply').all(1) : [], Date.now());
return results.map((result, index) => ({
	json: { id: written[index].json.id, email: lines[index].target.email, ...result },
}));
