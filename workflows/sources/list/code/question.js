// A question that is not known must fail, and so must a setting that cannot be meant.
everybodyAsked($('WhenCalled').all());
checkListSettings($('Settings').first().json);
return [{ json: { from: $('Settings').first().json.from } }];
