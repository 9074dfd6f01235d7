import { isFields } from './fields';
import type { VendorEvent } from './vendorEvent';

/** An entry of a list that is not what the system sends: no reason to lose those beside it. */
export function unreadableEntry(entry: unknown): VendorEvent {
	return {
		type: 'unreadable',
		kind: 'other',
		unmapped: true,
		alarm: 'An entry of this delivery cannot be read: somebody may be passed by. A person must look.',
		raw: isFields(entry) ? entry : { entry },
	};
}
