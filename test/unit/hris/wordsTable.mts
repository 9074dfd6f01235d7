import type { Provider } from '../../../hris-trigger/lib/provider';
import type { Meaning, Words } from '../../../hris-trigger/lib/words';

/** Every meaning in the order of the README, and how it is told there. */
const TOLD: Readonly<Record<Meaning, string>> = {
	hired: '`hired`',
	rehired: '`rehired`',
	hireCancelled: '`hireCancelled`',
	changed: '`changed`',
	leaving: '`leaverScheduled` or `left`, as the date tells',
	leaverScheduled: '`leaverScheduled`',
	left: '`left`',
	leaverCancelled: '`leaverCancelled`',
	onLeave: '`onLeave`',
	returned: '`returned`',
	accessRevoked: '`accessRevoked`',
	deleted: '`other` with an alert: a record was deleted',
	disconnected: '`other` with an alert: events may be missing',
	other: '`other`',
	quiet: '`other`: nothing about access',
};

/** The part of the README that lists what each system's words mean, as the tables have it. */
export function wordsTable(providers: readonly Provider[]): string {
	const rows = providers.flatMap(({ title, words }) =>
		Object.keys(TOLD).flatMap((meaning) => {
			const own = wordsThatMean(words, meaning);
			const told = Object.entries(TOLD).find(([name]) => name === meaning)?.[1] ?? '';
			return own.length === 0 ? [] : [`| ${title} | ${told} | ${own.map((word) => `\`${word}\``).join(', ')} |`];
		}),
	);
	return ['| system | means | words |', '|---|---|---|', ...rows].join('\n');
}

/** Families of which every word is quiet are told by their beginning. */
function wordsThatMean({ meanings }: Words, meaning: string): string[] {
	const all = Object.entries(meanings);
	const own = all.filter(([, one]) => one === meaning).map(([word]) => word);
	if (meaning !== 'quiet') return own;
	const isQuietFamily = (beginning: string) =>
		all.filter(([word]) => word.startsWith(beginning)).every(([, one]) => one === 'quiet');
	const told = own.map((word) => {
		const family = beginningsOf(word).find(isQuietFamily);
		return family === undefined ? word : `${family}*`;
	});
	return [...new Set(told)];
}

/** Each as far as one of its separators: `attendance/` and `attendance/shift/` of `attendance/shift/create`. */
const beginningsOf = (word: string): string[] =>
	[...word.matchAll(/\.|\/|::/g)].map(({ 0: separator, index }) => word.slice(0, index + separator.length));
