import { genericEvents } from '../genericEvents';
import { verifyByToken } from '../tokenInHeader';
import type { Provider } from '../provider';
import { problemOfToken } from '../secretForm';
import { genericWords } from '../words/generic';

/** For a sender that can only set a header. */
export const headerToken: Provider = {
	name: 'headerToken',
	title: 'Header Token',
	authenticity: 'token',
	secretHint:
		'For a sender that can only set a header. Secret: the value that it sends in X-HRIS-Token. Deliveries are not signed.',
	words: genericWords,
	problemOfSecret: (secret) => problemOfToken(secret, 'The token'),
	verify: (delivery, secret) => verifyByToken(delivery, 'X-HRIS-Token', secret),
	eventsIn: (payload) => genericEvents(payload),
};
