import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { AccessPopulation, AccessRow, KnownRecords } from '../../../../lib/review/accessSnapshot';
import { accessSnapshot } from '../../../../lib/review/accessSnapshot';
import type { GroupMeaning } from '../../../../lib/review/groupMeanings';
import { parseGroupMeanings } from '../../../../lib/review/groupMeanings';
import { matchDirectory } from '../../../../lib/directory/matching/matching';
import type { Directory } from '../../../../lib/directory/person/person';
import { parseDirectory } from '../../../../lib/directory/person/person';
import type { PersonLink } from '../../../../lib/directory/plan/policy';
import { readWorkspace } from '../../../../lib/directory/workspace/readWorkspace';
import { absenceDoubts, omittedAddresses } from '../../../../lib/directory/person/unreadableAddresses';
import { ScimError } from '../../../../lib/scim/scimError';
import type { User } from '../../../../lib/scim/userResource';
import { PACKAGE_VERSION } from '../../../../lib/version';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { resourceItem } from '../../execution/resourceItem';
import { systemClock } from '../../transport/clock';
import type { Session } from '../../transport/session';
import { readPersonLinks } from '../directory/links';
import type { ListedOperation } from '../operation';

export const groupMeanings: INodeProperties = {
	displayName: 'Group Meanings',
	name: 'groupMeanings',
	type: 'json',
	typeOptions: { rows: 5 },
	default: '[]',
	hint: 'Such as [{"group": "Finance", "teamspace": "Finance", "sensitivity": "high", "owner": "cfo@example.com"}]',
	description:
		'What groups stand for: an array of objects with group, teamspace, sensitivity and owner (an email). SCIM knows only the name of a group.',
};

export const snapshot: ListedOperation = {
	name: 'Take Snapshot',
	value: 'snapshot',
	action: 'Take a snapshot of who has access',
	description:
		'List all people with their role, their groups and the meaning of the groups, for an access review. The last item states the evidence that the list is complete, and what SCIM cannot see. The incoming items are those of directory sources, or none.',
	properties: [
		notice(
			'snapshotNotice',
			'access-review',
			'The items are those of directory sources, or a single empty one. The last item that comes out says whether the list is complete.',
		),
		groupMeanings,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Links',
					name: 'links',
					type: 'json',
					default: '[]',
					hint: 'Such as [{"source": "entra", "sourceId": "42", "userId": "24bd872b-…"}]',
					description:
						'Which entry of the directory is which member: an array of objects with source, sourceId and userId, as in the table notion_scim_links. Without it, people are matched by their primary email.',
				},
			],
		},
	],
	execute: async (context, session) => {
		const parameters = new ItemParameters(context, 0);
		const { rows, population } = await takeSnapshot(context, session, {
			meanings: parseGroupMeanings(parameters.raw('groupMeanings')),
			links: readPersonLinks(parameters.collection('options', 'Options'), 'Links'),
			directory: givenDirectory(context.getInputData().map(({ json }) => json)),
		});
		return [...rows, population].map((row) => ({
			json: resourceItem({ ...row }),
			pairedItem: { item: 0 },
		}));
	},
};

/** A snapshot of who has access, with the versions that took it. */
export interface Snapshot {
	rows: AccessRow[];
	population: AccessPopulation & { versions: { package: string; node: number } };
}

/**
 * Reads the workspace and determines who has access.
 * @param directory undefined if none was given
 * @throws ScimError `listIncomplete`
 */
export async function takeSnapshot(
	context: IExecuteFunctions,
	session: Session,
	{ meanings, links, directory }: { meanings: GroupMeaning[]; links: PersonLink[]; directory: Directory | undefined },
): Promise<Snapshot> {
	const workspace = await readWorkspace(
		session.signer.workspace,
		session.users,
		session.groups,
		() => systemClock.now(),
	);
	const { rows, population } = accessSnapshot(workspace, {
		records: directory && knownRecords(directory, workspace.users, links),
		sources: directory?.manifests ?? [],
		notRead: directory
			? [...absenceDoubts(directory.persons), ...omittedAddresses(directory.persons)]
			: [],
		meanings,
		guards: session.guards,
	});
	const versions = { package: PACKAGE_VERSION, node: context.getNode().typeVersion };
	return { rows, population: { ...population, versions } };
}

function knownRecords(directory: Directory, users: User[], links: PersonLink[]): KnownRecords {
	const matching = matchDirectory(directory, users, links);
	return {
		recordsOf: (userId) => matching.recordsOf(userId),
		isMentioned: (userId) => matching.isMentioned(userId),
		doubts: absenceDoubts(directory.persons),
	};
}

/**
 * The directory, or undefined if the incoming items do not come from one, such as those of a trigger.
 * @throws ScimError `listIncomplete`: with gaps, people would seem to have no manager
 */
export function givenDirectory(items: unknown[]): Directory | undefined {
	const anyOfIt = z.union([
		z.object({ manifest: z.literal(true) }),
		z.object({ source: z.string(), sourceId: z.union([z.string(), z.number()]) }),
	]);
	if (!items.some((item) => anyOfIt.safeParse(item).success)) return undefined;
	const directory = parseDirectory(items);
	const gaps = [
		...directory.unreadable,
		...directory.manifests
			.filter(({ complete }) => !complete)
			.map(({ source, explanation }) => `${source}: ${explanation ?? 'the reading was not complete.'}`),
		...missing(directory),
	];
	if (gaps.length === 0) return directory;
	throw new ScimError(
		'listIncomplete',
		`The directory was not read completely. ${gaps.slice(0, 3).join(' ')}`,
		'Run the directory source again. A person missing from it would seem to have left, or to have no manager.',
	);
}

/** Sources whose number of persons differs from their manifest, or that have no manifest. */
function missing({ persons, manifests }: Directory): string[] {
	const sources = [...new Set([...persons, ...manifests].map(({ source }) => source))];
	return sources.flatMap((source) => {
		const count = persons.filter((person) => person.source === source).length;
		const own = manifests.filter((manifest) => manifest.source === source);
		if (own.length === 0) return [`${source}: there is no manifest.`];
		const said = own.reduce((sum, manifest) => sum + manifest.count, 0);
		return said === count ? [] : [`${source}: ${said} persons were announced, but ${count} arrived.`];
	});
}
