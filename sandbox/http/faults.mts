import { z } from 'zod';

import { SeededRandom } from '../seed/random.mts';
import { matchesFilter } from './requestLog.mts';

const isPattern = (source: string): boolean => {
	try {
		return new RegExp(source) instanceof RegExp;
	} catch {
		return false;
	}
};

const faultSchema = z.union([
	z
		.object({
			status: z.number().int().min(200).max(599),
			/** A text is sent unchanged, anything else as JSON. Default: an error body. */
			body: z.unknown(),
			headers: z.record(z.string()).optional(),
		})
		.strict(),
	z.object({ delayMs: z.number().int().nonnegative() }).strict(),
	z
		.object({
			/** `before`: nothing was done. `after`: it was done, and the answer is lost. */
			cutConnection: z.enum(['before', 'after']),
		})
		.strict(),
	z
		.object({
			/** Number of bytes that arrive; true: half of the body. Then the connection closes. */
			truncateBody: z.union([z.literal(true), z.number().int().nonnegative()]),
		})
		.strict(),
]);

/** A rule that says when which fault occurs. */
export const faultRuleSchema = z
	.object({
		method: z.string().optional(),
		/** A regular expression, matched against the path, and against the path with the query. */
		path: z.string().refine(isPattern, 'This is not a regular expression').optional(),
		/** Only the nth matching request, counted from 1. */
		nth: z.number().int().positive().optional(),
		/** Every nth matching request. */
		every: z.number().int().positive().optional(),
		/** From 0 to 1; drawn from the seed of the sandbox. */
		probability: z.number().min(0).max(1).optional(),
		/** Maximum number of times that the rule applies. */
		times: z.number().int().positive().optional(),
		fault: faultSchema,
	})
	.strict();

export type FaultRule = z.input<typeof faultRuleSchema>;

/** A rule with what has become of it. */
export interface FaultState {
	rule: FaultRule;
	/** Matching requests. */
	seen: number;
	/** Requests that the rule was applied to. */
	struck: number;
}

/** The fault of one request. */
export interface Strike {
	delayMs: number;
	/** Replaces the answer; the request is not carried out. */
	answer?: { status: number; body: unknown; headers: Record<string, string> };
	cutConnection?: 'before' | 'after';
	truncateBody?: true | number;
}

/** The rules of a sandbox. The same seed and the same requests give the same faults. */
export class Faults {
	readonly #seed: number;
	#random: SeededRandom;
	#rules: FaultState[] = [];

	constructor(seed: number) {
		this.#seed = seed;
		this.#random = new SeededRandom(seed);
	}

	/** @throws ZodError if the rule cannot be understood */
	add(rule: FaultRule): void {
		this.#rules.push({ rule: faultRuleSchema.parse(rule), seen: 0, struck: 0 });
	}

	clear(): void {
		this.#rules = [];
		this.#random = new SeededRandom(this.#seed);
	}

	all(): readonly FaultState[] {
		return this.#rules;
	}

	/** Counts a request, and returns its fault. Delays add up; otherwise the last rule applies. */
	strike(request: { method: string; path: string; query: string }): Strike {
		const strike: Strike = { delayMs: 0 };
		for (const state of this.#rules) {
			if (!this.#strikes(state, request)) continue;
			const { fault } = state.rule;
			if ('delayMs' in fault) strike.delayMs += fault.delayMs;
			else if ('cutConnection' in fault) strike.cutConnection = fault.cutConnection;
			else if ('truncateBody' in fault) strike.truncateBody = fault.truncateBody;
			else {
				strike.answer = {
					status: fault.status,
					body: fault.body,
					headers: fault.headers ?? {},
				};
			}
		}
		return strike;
	}

	#strikes(
		state: FaultState,
		request: { method: string; path: string; query: string },
	): boolean {
		const { method, path, nth, every, probability, times } = state.rule;
		const fits = matchesFilter(request, {
			...(method === undefined ? {} : { method }),
			...(path === undefined ? {} : { path: new RegExp(path) }),
		});
		if (!fits) return false;
		state.seen++;
		const strikes =
			(times === undefined || state.struck < times) &&
			(nth === undefined || state.seen === nth) &&
			(every === undefined || state.seen % every === 0) &&
			(probability === undefined || this.#random.chance(probability));
		if (strikes) state.struck++;
		return strikes;
	}
}
