import { checkbox, confirm, input, password, select } from '@inquirer/prompts';

import type { Questions } from './io.mts';

/** Questions in a terminal. */
export const terminal: Questions = {
	text: async (message, initial) => await input({ message, ...(initial === undefined ? {} : { default: initial }) }),
	secret: async (message) => await password({ message }),
	one: async (message, choices) => await select({ message, choices: [...choices] }),
	some: async (message, choices) => await checkbox({ message, choices: [...choices], required: true }),
	yes: async (message, initial = false) => await confirm({ message, default: initial }),
};
