// They are told of once; what was stored about them in between is not overwritten.
const { ended, isNight } = $('Comparison').first().json;
return isNight ? ended.map(({ id }) => ({ json: { id } })) : [];
