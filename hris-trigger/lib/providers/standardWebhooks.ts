import { onlyHeader } from '../delivery';
import { genericEvents } from '../genericEvents';
import type { Provider } from '../provider';
import { problemOfBase64 } from '../secretForm';
import { verifyByStandardSignature } from '../standardSignature';
import { genericWords } from '../words/generic';

const headers = {
	id: 'webhook-id',
	timestamp: 'webhook-timestamp',
	signature: 'webhook-signature',
};

const PREFIX = 'whsec_';

/** For a sender that the admin controls. https://www.standardwebhooks.com */
export const standardWebhooks: Provider = {
	name: 'standardWebhooks',
	title: 'Standard Webhooks',
	authenticity: 'signed',
	secretHint: 'For a sender that you control. Secret: whsec_ and at least 16 bytes in base64.',
	words: genericWords,
	problemOfSecret(secret) {
		if (secret !== '' && !secret.startsWith(PREFIX)) {
			return `A secret of Standard Webhooks begins with ${PREFIX}. Paste it again completely.`;
		}
		return problemOfBase64(secret.slice(PREFIX.length), 'The secret of Standard Webhooks');
	},
	verify(delivery, secret, now) {
		const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
		return verifyByStandardSignature(delivery, key, headers, now);
	},
	eventsIn(payload, delivery) {
		const eventId = onlyHeader(delivery, headers.id);
		return genericEvents(payload)?.map((event) => ({ ...event, eventId }));
	},
};
