import type { IPollFunctions } from 'n8n-workflow';
import { z } from 'zod';

import { readGuardedDomains } from '../../lib/directory/guards/guardLists';
import { ScimError } from '../../lib/scim/scimError';
import { WATCH_EVENTS } from '../../lib/watch/differences';
import type { WatchEvent } from '../../lib/watch/differences';
import type { Filters } from '../../lib/watch/filters';
import { switchOption } from '../NotionScim/execution/scalarParameters';
import { emitExisting, leaveOutOwnChanges } from './properties';

/** What the admin has chosen in the node. */
export interface TriggerSettings {
	filters: Filters;
	emitExisting: boolean;
	leaveOutOwnChanges: boolean;
}

const listSchema = z.array(z.string());
const optionsSchema = z.record(z.unknown());

/** @throws ScimError `invalidInput`: a filter that cannot be read would silence the alarm */
export function readSettings(context: IPollFunctions): TriggerSettings {
	const options = parsed(optionsSchema, context.getNodeParameter('options', {}), 'Options');
	return {
		filters: {
			events: new Set(parsed(listSchema, context.getNodeParameter('events', []), 'Events').map(knownEvent)),
			groups: new Set(parsed(listSchema, options['groups'] ?? [], 'Group Names or IDs')),
			domains: domainsIn(parsed(z.string(), options['domains'] ?? '', 'Domains')),
		},
		emitExisting: switchOption(options, emitExisting),
		leaveOutOwnChanges: switchOption(options, leaveOutOwnChanges),
	};
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, label: string): T {
	const read = schema.safeParse(value);
	if (read.success) return read.data;
	throw new ScimError('invalidInput', `${label} cannot be read.`, `Choose ${label} by hand, or check the expression.`);
}

function knownEvent(event: string): WatchEvent {
	const known = WATCH_EVENTS.find((one) => one === event);
	if (known) return known;
	throw new ScimError('invalidInput', `"${event}" is no event of this trigger.`, 'Choose the events from the list.');
}

function domainsIn(written: string): Set<string> {
	const { entries, unreadable } = readGuardedDomains(written);
	if (unreadable.length === 0) return new Set(entries);
	throw new ScimError(
		'invalidInput',
		`Domains has an entry that is no email domain: "${unreadable.join('", "')}".`,
		'Enter domains such as example.com, or *.example.com for its subdomains as well.',
	);
}
