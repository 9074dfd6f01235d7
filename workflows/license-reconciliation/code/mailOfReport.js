const { json, binary } = $('Reconcile').first();
return [{ json: reportMail(json, $('Settings').first().json), binary }];
