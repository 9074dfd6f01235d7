const [form] = $('PickForm').all();
const asker = String(form.json['Your email address'] ?? '').trim();
const [row] = rowsIn($('Last report').all());
const { maxAgeDays } = $('Settings').first().json;
return [{ json: { asker, ...pickPage(row, { asker, maxAgeDays, now: Date.now() }) } }];
