import { z } from 'zod';

import type { ApplyLimits } from '../../../../lib/directory/apply/changeRunner';
import { defaultCreateLimit, SMALLEST_CREATE_LIMIT } from '../../../../lib/directory/guards/creationLimit';
import { ScimError } from '../../../../lib/scim/scimError';
import { removalLimit } from '../../descriptions/guardOptions';
import type { Options } from '../../execution/scalarParameters';
import { countIn, numberOption } from '../../execution/scalarParameters';
import type { Session } from '../../transport/session';
import { reserveRemovals } from '../removalBudget';
import { createLimit } from './descriptions';

/** What other executions have used of the limits in the rolling day. */
export interface AlreadyUsed {
	removals: number;
	creations: number;
}

const count = z.unknown().transform((value, context) => {
	const read = countIn(value);
	if (read !== undefined) return read;
	context.addIssue({ code: 'custom', message: 'is not a whole number from 0 on' });
	return z.NEVER;
});

/** Any other key is a mistake, or the answer of a failed step; without a number there is no count. */
const usedSchema = z.union([
	count.transform((removals) => ({ removals, creations: 0 })),
	z
		.object({ removals: count.optional(), creations: count.optional() })
		.strict()
		.refine(({ removals, creations }) => removals !== undefined || creations !== undefined)
		.transform(({ removals = 0, creations = 0 }) => ({ removals, creations })),
]);

/**
 * The option `alreadyUsed`: a number of removals, or an object with both counts, or the JSON text of either.
 * @returns undefined if the option is set and cannot be read: then nothing is allowed
 */
export function readAlreadyUsed(options: Options): AlreadyUsed | undefined {
	if (!Object.hasOwn(options, 'alreadyUsed')) return { removals: 0, creations: 0 };
	const value = options['alreadyUsed'];
	const parsed = usedSchema.safeParse(typeof value === 'string' ? parsedObject(value.trim()) : value);
	return parsed.success ? parsed.data : undefined;
}

/** JSON would read the digits of "1.000" as 1, so a text that is not an object stays a text. */
function parsedObject(text: string): unknown {
	if (!text.startsWith('{')) return text;
	try {
		const value: unknown = JSON.parse(text);
		return value;
	} catch {
		return text;
	}
}

/** The limits of an execution, from the options of an operation. */
export function limitsOf(session: Session, options: Options): ApplyLimits {
	const used = readAlreadyUsed(options);
	const { removals, creations } = session;
	const seatLimit = numberOption(options, createLimit);
	const budget = { limit: numberOption(options, removalLimit), alreadyUsed: used?.removals };
	return {
		reserveRemovals: async (impact) => await reserveRemovals(session, impact, [budget]),
		releaseRemovals: (impact) => removals.release(impact),
		reserveSeat: async () => {
			if (!used) throw usedUnknown();
			creations.reserve(seatLimit || (await usualCreateLimit(session, used)), used.creations);
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
	// The number of members matters only beyond what every workspace allows.
	if (creations.fits(SMALLEST_CREATE_LIMIT, used.creations)) return SMALLEST_CREATE_LIMIT;
	const limit = defaultCreateLimit((await requester.control()).memberCount);
	creations.usualLimits.set(state, limit);
	return limit;
}

function usedUnknown(): ScimError {
	return new ScimError(
		'limitReached',
		'How many seats others have added in the last day could not be read from Already Used. Nothing was done.',
		'Check its expression: it must give a number, or an object with removals and creations.',
	);
}
