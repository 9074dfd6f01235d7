import { join } from 'node:path';
import { z } from 'zod';

import { filledSchema } from '../host/pullWorkflows.mts';

/** The file in which `npm run dev` records which n8n it runs. */
export const RUNNING = join('.run', 'dev.json');

export const runningSchema = z.object({
	url: z.string(),
	owner: z.object({ email: z.string(), password: z.string() }),
	filled: filledSchema.default({}),
});
