import { DateTime } from 'luxon';

import type { AlertGroup, AlertText } from '../lifecycle/alerts';

/** Where the alerts that are not shown can be found. */
export const ALERTS_TABLE = 'the Data Table notion_scim_alerts';

/** Address and zone that the words of alerts need. */
export interface AlertSettings {
	/** The address of n8n; empty if unknown. */
	n8nUrl: string;
	/** The zone in which instants are shown. */
	timeZone: string;
}

/** A key with the number of its alerts, and since when. */
export function lineOf({ key, rows, since }: AlertGroup, timeZone: string): string {
	const instant = DateTime.fromMillis(since, { zone: timeZone }).toFormat('yyyy-MM-dd HH:mm ZZZZ');
	return `${oneLine(key)} (${rows.length === 1 ? instant : `${rows.length} times since ${instant}`})`;
}

/** Which workflow and which execution raised an alert, as far as the alert states it. */
export function originOf({ workflow, execution }: AlertText): string {
	return [workflow && `Workflow "${workflow}"`, execution && `execution ${execution}`].filter(Boolean).join(', ');
}

/**
 * A text on one line: it goes into the header of a mail, or must not look like several lines. Invisible
 * characters are removed too, because some of them reverse the direction of the line.
 */
export function oneLine(text: string): string {
	return text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
}

/** @param base the address of n8n */
export function addressUnder(base: string, path: string): string {
	return `${base.replace(/\/+$/, '')}/${path}`;
}
