import { z } from 'zod';

const intervalSchema = z.object({
	field: z.enum(['seconds', 'minutes', 'hours', 'days', 'weeks', 'months']).default('days'),
	secondsInterval: z.number().default(30),
	minutesInterval: z.number().default(5),
	hoursInterval: z.number().default(1),
	daysInterval: z.number().default(1),
	weeksInterval: z.number().default(1),
	monthsInterval: z.number().default(1),
});

const workflowSchema = z.object({
	name: z.string(),
	settings: z.object({ saveDataSuccessExecution: z.string().optional() }).default({}),
	nodes: z.array(z.object({ name: z.string(), type: z.string(), parameters: z.record(z.unknown()) })),
});

const ruleSchema = z.object({ rule: z.object({ interval: z.array(intervalSchema).min(1) }) });

/** How often a day has each, counted in the field of the interval. */
const A_DAY_HAS = { seconds: 86_400, minutes: 1_440, hours: 24, days: 1, weeks: 1 / 7, months: 12 / 365 } as const;

/** A workflow's schedules. */
export interface Schedules {
	name: string;
	/** Whether n8n keeps executions that went well. */
	keeps: boolean;
	schedules: Array<{ trigger: string; times: number }>;
}

/** How often a day each Schedule Trigger of a workflow starts it. */
export function perDay(file: unknown): Schedules {
	const { name, settings, nodes } = workflowSchema.parse(file);
	const schedules = nodes
		.filter(({ type }) => type.endsWith('.scheduleTrigger'))
		.map(({ name: trigger, parameters }) => {
			const { rule } = ruleSchema.catch({ rule: { interval: [intervalSchema.parse({})] } }).parse(parameters);
			const times = rule.interval.map((one) => A_DAY_HAS[one.field] / one[`${one.field}Interval`]);
			return { trigger, times: times.reduce((total, value) => total + value, 0) };
		});
	return { name, keeps: settings.saveDataSuccessExecution !== 'none', schedules };
}
