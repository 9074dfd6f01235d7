import { z } from 'zod';

import type { ApplyLimits } from '../../../../lib/directory/lineRunner';
import { defaultCreateLimit, SMALLEST_CREATE_LIMIT } from '../../../../lib/directory/creationLimit';
import { ScimError } from '../../../../lib/scim/scimError';
import { asText } from '../../execution/parameters';
import type { Session } from '../../transport/session';
import { bookRemovals } from '../removalBudget';

/** What other executions have used of the limits in the rolling day. */
export interface AlreadyUsed {
	removals: number;
	creations: number;
}

const count = z.union([z.number(), z.string().trim().regex(/^\d+$/).transform(Number)]).pipe(
	z.number().nonnegative(),
);

const usedSchema = z.union([
	count.transform((removals) => ({ removals, creations: 0 })),
	z.object({ removals: count.optional(), creations: count.optional() }).transform((used) => ({
		removals: used.removals ?? 0,
		creations: used.creations ?? 0,
	})),
]);

/**
 * A number of removals, or an object with both counts, or the JSON text of either.
 *
 * @returns undefined where there is something that cannot be read: then nothing may pass
 */
export function readAlreadyUsed(value: unknown): AlreadyUsed | undefined {
	if (value === undefined) return { removals: 0, creations: 0 };
	const parsed = usedSchema.safeParse(typeof value === 'string' ? parsedJson(value) : value);
	return parsed.success ? parsed.data : undefined;
}

function parsedJson(text: string): unknown {
	try {
		const value: unknown = JSON.parse(text);
		return value;
	} catch {
		return text;
	}
}

/** The number of an option; undefined for 0, for none, and for what is no number. */
export function limitOf(value: unknown): number | undefined {
	const limit = Number(asText(value) || Number.NaN);
	return limit > 0 ? limit : undefined;
}

/** The limits of an execution, as the options of an operation set them. */
export function limitsOf(session: Session, options: Record<string, unknown>): ApplyLimits {
	const used = readAlreadyUsed(options['alreadyUsed']);
	const { removals, creations } = session;
	const removalOptions = {
		removalLimit: limitOf(options['removalLimit']) ?? 0,
		alreadyUsed: used?.removals ?? 'not known',
	};
	return {
		bookRemovals: async (impact) => await bookRemovals(session, impact, [removalOptions]),
		releaseRemovals: (impact) => removals.release(impact),
		bookSeat: async () => {
			if (!used) throw countUnknown();
			const limit = limitOf(options['createLimit']) ?? (await usualCreateLimit(session, used));
			creations.book(limit, used.creations);
		},
		releaseSeat: () => creations.release(),
	};
}

async function usualCreateLimit(
	{ creations, requester, state }: Session,
	used: AlreadyUsed,
): Promise<number> {
	const known = creations.usualLimits.get(state);
	if (known !== undefined) return known;
	// How many members there are matters only beyond what is allowed in any workspace.
	if (creations.fits(SMALLEST_CREATE_LIMIT, used.creations)) return SMALLEST_CREATE_LIMIT;
	const limit = defaultCreateLimit((await requester.control()).memberCount);
	creations.usualLimits.set(state, limit);
	return limit;
}

function countUnknown(): ScimError {
	return new ScimError(
		'limitReached',
		'How many seats others have added in the last day could not be read from Already Used. Nothing was done.',
		'Check its expression: it must give a number, or an object with removals and creations.',
	);
}
