import type { GivenAnswers, RememberedAnswers } from '../answers/answers.mts';
import { jobs } from '../catalog/jobs.mts';

/** What is given now, and what the last run was given where that still fits. */
export function withRemembered(given: GivenAnswers, remembered: RememberedAnswers = {}): GivenAnswers {
	const { hris = remembered.hris, directory = remembered.directory } = given;
	const isOther = { hris: hris !== remembered.hris, directory: directory !== remembered.directory };
	const fits = ([name]: [string, string]) => !(name.startsWith('hris.') ? isOther.hris : isOther.directory);
	const groups = given.groups ?? (remembered.jobs?.includes('onboarding') ? remembered.groups : undefined);
	const fields = { ...Object.fromEntries(Object.entries(remembered.fields ?? {}).filter(fits)), ...given.fields };
	const { provider, lockOut, ...rest } = remembered;
	return {
		...rest,
		...(isOther.hris ? {} : { provider }),
		...(isOther.directory ? {} : { lockOut }),
		...withoutUndefined(given),
		fields,
		groups,
	};
}

const withoutUndefined = (given: GivenAnswers): GivenAnswers =>
	Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

/** The answers of the last run, as the admin reads them. */
export function wordsOfRemembered(remembered: RememberedAnswers): string {
	const { jobs: chosen = [], fields = {}, groups = [], smtpUser, smtpHost, smtpPort } = remembered;
	const lines: [string, string | undefined][] = [
		['jobs', chosen.map((name) => jobs[name].title.split(':')[0]).join(', ')],
		['HRIS', remembered.hris],
		['directory', remembered.directory],
		...Object.entries(fields),
		['owner of the token', remembered.tokenCreator],
		['domains', remembered.ownedDomains],
		['protected people', remembered.protectedEmails],
		['groups', groups.map(({ department, group }) => `${department}: ${group}`).join(', ')],
		['groups of teamspaces', remembered.managedGroups],
		['time zone', remembered.zone],
		['mails', `from ${remembered.mailFrom} to ${remembered.mailTo}, by ${smtpUser} at ${smtpHost}:${smtpPort}`],
	];
	return lines.flatMap(([name, value]) => (value ? [`  ${name.padEnd(20)} ${value}`] : [])).join('\n');
}
