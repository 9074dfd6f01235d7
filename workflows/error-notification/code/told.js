// A mail that was sent has an id. Without one, the node was switched off and gave on what it was given.
if (!$input.first().json.messageId) {
	throw new Error('No mail was sent. Is the node "Send mail" switched off?');
}
return $('Digest').first().json.groups.map((json) => ({ json }));
