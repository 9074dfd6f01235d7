import { z } from 'zod';

import type { ApplyLimits } from '../../../../lib/directory/apply/lineRunner';
import { defaultCreateLimit, SMALLEST_CREATE_LIMIT } from '../../../../lib/directory/creationLimit';
import { ScimError } from '../../../../lib/scim/scimError';
import type { Session } from '../../transport/session';
import { bookRemovals } from '../removalBudget';
import type { Options } from './optionValues';
import { limitOf } from './optionValues';

/** What other executions have used of the limits in the rolling day. */
export interface AlreadyUsed {
	removals: number;
	creations: number;
}

const count = z.union([z.number(), z.string().trim().regex(/^\d+$/).transform(Number)]).pipe(
	z.number().nonnegative(),
);

/** Other keys are a slip, or the answer of a step that failed; no number at all is no count. */
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
 *
 * @returns undefined where the option is there and cannot be read: then nothing may pass
 */
export function readAlreadyUsed(options: Options): AlreadyUsed | undefined {
	if (!Object.hasOwn(options, 'alreadyUsed')) return { removals: 0, creations: 0 };
	const value = options['alreadyUsed'];
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

/** The limits of an execution, as the options of an operation set them. */
export function limitsOf(session: Session, options: Options): ApplyLimits {
	const used = readAlreadyUsed(options);
	const { removals, creations } = session;
	const createLimit = limitOf(options, 'createLimit', 'Create Limit');
	const removalOptions = {
		removalLimit: limitOf(options, 'removalLimit', 'Removal Limit') ?? 0,
		alreadyUsed: used?.removals ?? 'not known',
	};
	return {
		bookRemovals: async (impact) => await bookRemovals(session, impact, [removalOptions]),
		releaseRemovals: (impact) => removals.release(impact),
		bookSeat: async () => {
			if (!used) throw countUnknown();
			const limit = createLimit ?? (await usualCreateLimit(session, used));
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
