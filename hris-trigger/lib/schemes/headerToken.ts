import { genericEvents } from '../genericEvents';
import { verdictByToken } from '../tokenInHeader';
import type { Scheme } from '../scheme';
import { problemOfToken } from '../secretForm';
import { genericWords } from '../words/generic';

/** For a sender that can only set a header. */
export const headerToken: Scheme = {
	name: 'headerToken',
	title: 'Header Token',
	authenticity: 'token',
	secretHint:
		'For a sender that can only set a header. Secret: the value that it sends in X-HRIS-Token. Deliveries are not signed.',
	words: genericWords,
	problemOfSecret: (secret) => problemOfToken(secret, 'The token'),
	verdictOn: (delivery, secret) => verdictByToken(delivery, 'X-HRIS-Token', secret),
	eventsIn: (payload) => genericEvents(payload),
};
