/** How the command talks to the admin. */
export interface Io {
	say(text: string): void;
	/** Undefined where no one can be asked. */
	ask?: Questions | undefined;
}

export interface Choice {
	name: string;
	value: string;
	/** What stands in place of the name once it is chosen. */
	short?: string;
	checked?: boolean;
}

export interface Questions {
	text(message: string, initial?: string): Promise<string>;
	/** Shows nothing of what is typed. */
	secret(message: string): Promise<string>;
	one(message: string, choices: readonly Choice[], initial?: string): Promise<string>;
	some(message: string, choices: readonly Choice[]): Promise<string[]>;
	yes(message: string, initial?: boolean): Promise<boolean>;
}

const HIDDEN = '•••';
/** Shorter ones would hide parts of words. */
const SHORTEST = 4;

/** An output in which no secret can appear, whatever n8n's messages repeat. */
export function withoutSecrets(say: Io['say'], secrets: () => readonly (string | undefined)[]): Io['say'] {
	return (text) => {
		const hidden = secrets().filter((secret) => secret !== undefined && secret.length >= SHORTEST);
		say(hidden.reduce<string>((rest, secret) => rest.replaceAll(secret ?? '', HIDDEN), text));
	};
}
