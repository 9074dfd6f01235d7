import { join } from 'node:path';
import { z } from 'zod';

/** Where `npm run dev` writes down which n8n it runs. */
export const RUNNING = join('.run', 'dev.json');

export const runningSchema = z.object({
	url: z.string(),
	owner: z.object({ email: z.string(), password: z.string() }),
});
