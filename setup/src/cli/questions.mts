import { checkbox, confirm, input, password, select } from '@inquirer/prompts';

import type { Questions } from './io.mts';

/** All choices are in sight, in their order. */
const WHOLE_LIST = { pageSize: 20, loop: false };

/** Questions in a terminal. */
export const terminal: Questions = {
	text: async (message, initial) => await input({ message, ...(initial === undefined ? {} : { default: initial }) }),
	secret: async (message) => await password({ message }),
	one: async (message, choices, initial) => await select({ message, choices: [...choices], ...WHOLE_LIST, ...(initial === undefined ? {} : { default: initial }) }),
	some: async (message, choices) => await checkbox({ message, choices: [...choices], ...WHOLE_LIST, required: true }),
	yes: async (message, initial = false) => await confirm({ message, default: initial }),
};
