/** Poll Times of a trigger. n8n accepts no cron expression that polls twice a minute, but several expressions. */
export const EVERY_FIVE_SECONDS = {
	item: Array.from({ length: 12 }, (_, at) => ({ mode: 'custom', cronExpression: `${5 * at} * * * * *` })),
};
