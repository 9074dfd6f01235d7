// Each link between an employee and an account that is not stored yet.
return $('Outcome').all().flatMap(({ json: { link } }, index) => (link ? [{ json: link, pairedItem: index }] : []));
