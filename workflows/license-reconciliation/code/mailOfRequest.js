return [{ json: requestMail($input.first().json, $('Settings').first().json) }];
