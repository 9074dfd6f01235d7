import { isFields } from './fields';
import type { VendorEvent } from './vendorEvent';

/** An entry of a list that is not what the system sends; the other entries are still processed. */
export function unreadableEntry(entry: unknown): VendorEvent {
	return {
		type: 'unreadable',
		kind: 'other',
		unmapped: true,
		alert: 'An entry of this delivery cannot be read, so a person may be missed. A person must look.',
		raw: isFields(entry) ? entry : { entry },
	};
}
