import { type Assets, type SourceChoice, sourceChoices } from '../assets.mts';
import type { SourceRole } from './jobs.mts';
import { sources } from './sources.mts';

/** The sources that can have this part. */
export const choicesFor = (role: SourceRole, assets: Assets): SourceChoice[] =>
	sourceChoices(assets).filter(({ isHris, isDirectory }) => (role === 'hris' ? isHris : isDirectory));

interface Chosen {
	hris?: string | undefined;
	directory?: string | undefined;
}

/** What is asked about the chosen sources: the name of each field, such as `hris.company`, and its question. */
export function questionsOf({ hris, directory }: Chosen): [string, string][] {
	const roles = [['hris', hris] as const, ['directory', directory === hris ? undefined : directory] as const];
	return roles.flatMap(([role, folder]) =>
		Object.entries(sources[folder ?? '']?.questions ?? {}).map(([name, question]): [string, string] => [`${role}.${name}`, question]),
	);
}
