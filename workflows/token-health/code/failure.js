const { execution, trigger } = $input.first().json;
const message = execution?.error?.message ?? trigger?.error?.message ?? 'No message.';
const text = `The token could not be tested: ${message} Look at the execution${execution?.id ? ` ${execution.id}` : ''}.`;
return [{ json: { alarm: { key: 'token-health: failed', text } } }];
