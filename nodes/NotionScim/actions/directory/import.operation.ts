import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';

import type { ComparedMember } from '../../../../lib/directory/importMembers/compareMembers';
import { compareMembers } from '../../../../lib/directory/importMembers/compareMembers';
import type { ListRow } from '../../../../lib/directory/importMembers/listColumns';
import type { ImportSettings } from '../../../../lib/directory/importMembers/settings';
import { domainsToImport, emailsToImport } from '../../../../lib/directory/importMembers/settings';
import type { ImportToWrite } from '../../../../lib/directory/importMembers/toWrite';
import { importCounts, previewCode, toWrite } from '../../../../lib/directory/importMembers/toWrite';
import { readWorkspace } from '../../../../lib/directory/workspace/readWorkspace';
import { linkRow, readLinks } from '../../../../lib/lifecycle/links';
import { listCsv, listedRow, storedListRow } from '../../../../lib/report/directoryList';
import type { Group } from '../../../../lib/scim/groupResource';
import { asText, ItemParameters, jsonParameter } from '../../execution/parameters';
import { resourceItem } from '../../execution/resourceItem';
import type { Options } from '../../execution/scalarParameters';
import { choiceOption, switchOption } from '../../execution/scalarParameters';
import { systemClock } from '../../transport/clock';
import type { Session } from '../../transport/session';
import { itemOf, pairedWithAll, rowsIn } from '../lifecycle/rows';
import type { ListedOperation } from '../operation';
import { delimiter, DELIMITERS, importProperties, leaveOutPrivileged, updateChanged } from './importProperties';

/** The name of a list source, in links and everywhere else. */
const LIST_SOURCE = 'list';

/** Named like an operation; `import` is a reserved word. */
export const importMembers: ListedOperation = {
	name: 'Import Members',
	value: 'import',
	action: 'Import members from Notion into a list',
	description:
		'Compare the members of Notion with a directory that is a list, show what would be written, and return it once the code of that preview is entered. Nothing is written to Notion.',
	properties: importProperties,
	outputs: ['Comparison', 'Preview', 'Rows to Write', 'Links to Write', 'Refused'],
	divide: async (context, session) => await divided(context, session),
};

async function divided(context: IExecuteFunctions, session: Session): Promise<INodeExecutionData[][]> {
	const parameters = new ItemParameters(context, 0);
	const settings = settingsIn(parameters);
	const options = parameters.collection('options', 'Options');
	const file = {
		delimiter: choiceOption(options, delimiter, DELIMITERS),
		closingRow: asText(options['closingRow']).trim(),
	};
	const rows = peopleIn(parameters);
	const links = readLinks(rowsIn(parameters, 'links', 'Links')).filter(({ source }) => source === LIST_SOURCE);
	const { users, groups } = await readWorkspace(
		session.signer.workspace,
		session.users,
		session.groups,
		() => systemClock.now(),
		{ needsGroups: true },
	);
	const compared = compareMembers({
		members: users,
		groups,
		rows,
		links: links.map(({ employeeId, userId }) => ({ sourceId: employeeId, userId })),
		settings: { ...settings, groups: namesOf(settings.groups, groups), groupPrefix: asText(options['groupPrefix']) },
	});
	const written = toWrite(compared, settings.updateChanged);
	const csv = listCsv(rows, written.people, file);
	return await outputsOf(context, { compared, written, csv, given: parameters.text('previewCode').trim() });
}

interface Imported {
	compared: readonly ComparedMember[];
	written: ImportToWrite;
	csv: string;
	/** The code in the parameter. */
	given: string;
}

async function outputsOf(
	context: IExecuteFunctions,
	{ compared, written, csv, given }: Imported,
): Promise<INodeExecutionData[][]> {
	const paired = pairedWithAll(context.getInputData());
	const code = previewCode(written);
	const isOpen = given !== '' && written.people.length + written.links.length > 0;
	const isWritten = isOpen && given === code;
	const message = `Nothing was written: Code of the Preview belongs to another preview. Check this one, and enter its code ${code} if it is what you want.`;
	return [
		compared.map((entry) => itemOf(resourceItem({ ...entry }), paired)),
		[
			{
				json: {
					...importCounts(compared),
					rowsToWrite: written.people.length,
					linksToWrite: written.links.length,
					code,
				},
				binary: {
					directory: await context.helpers.prepareBinaryData(Buffer.from(csv, 'utf8'), 'directory.csv', 'text/csv'),
				},
				pairedItem: paired,
			},
		],
		isWritten ? written.people.map((row) => itemOf(storedListRow(row), paired)) : [],
		isWritten ? written.links.map((link) => itemOf(storedLink(link), paired)) : [],
		isOpen && !isWritten ? [itemOf({ message }, paired)] : [],
	];
}

function storedLink({ sourceId, email, userId }: ImportToWrite['links'][number]): Record<string, string> {
	return linkRow({ source: LIST_SOURCE, employeeId: sourceId, companyId: '', email, userId });
}

function peopleIn(parameters: ItemParameters): ListRow[] {
	return rowsIn(parameters, 'peopleRows', 'People Rows').flatMap((row) => {
		const read = z.record(z.unknown()).safeParse(row);
		return read.success && Object.keys(read.data).length > 0 ? [listedRow(read.data)] : [];
	});
}

function settingsIn(parameters: ItemParameters): Omit<ImportSettings, 'groupPrefix'> {
	const only = parameters.collection('only', 'Only');
	return {
		domains: domainsToImport(asText(only['domains'])),
		emails: emailsToImport(asText(only['emails'])),
		roles: namesIn(only, 'roles', 'Roles'),
		groups: namesIn(only, 'groups', 'Group Names or IDs'),
		leaveOutPrivileged: switchOption(only, leaveOutPrivileged),
		updateChanged: parameters.switch(updateChanged),
	};
}

/** The names of groups that were picked by ID or by name. */
function namesOf(chosen: readonly string[], groups: readonly Group[]): string[] {
	return chosen.map((one) => groups.find(({ id }) => id === one)?.displayName.trim() ?? one);
}

/** @throws ScimError `invalidInput` for anything but a list of texts */
function namesIn(only: Options, name: string, label: string): string[] {
	const texts = z.array(z.string().trim().min(1));
	return jsonParameter(only[name], label, texts, '["one", "two"]') ?? [];
}
