import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A person of the company, as a directory source gives them out. */
export interface Entry {
	sourceId: string;
	email?: string;
	secondaryEmails?: string;
	displayName: string;
	givenName?: string;
	familyName?: string;
	title?: string;
	department?: string;
	employeeNumber?: string;
	groups?: string[];
	active: boolean;
	status: string;
	inScope?: boolean;
	scopeNote?: string;
	explanation?: string;
}

/** A directory that answers with a whole list of people, or with what a broken reading gives. */
export interface DirectoryServer {
	/** For the vendor proxy. */
	hosts: Record<string, string>;
	people: Map<string, Entry>;
	/** How the next answers are read; back to `whole` by hand. */
	reading: 'whole' | 'half' | 'nothing' | 'withoutDepartments';
	/** Milliseconds that an answer takes. */
	delay: number;
	/** How often it was asked. */
	asked(): number;
	add(entry: Partial<Entry> & { sourceId: string; displayName: string }): Entry;
	change(sourceId: string, fields: Partial<Entry>): void;
	close(): Promise<void>;
}

export const DIRECTORY_HOST = 'directory.example.com';

const ATTRIBUTES = [
	'email',
	'displayName',
	'givenName',
	'familyName',
	'title',
	'department',
	'employeeNumber',
];

export async function startDirectory(): Promise<DirectoryServer> {
	const people = new Map<string, Entry>();
	let asked = 0;
	const directory: DirectoryServer = {
		hosts: {},
		people,
		reading: 'whole',
		delay: 0,
		asked: () => asked,
		add: ({ sourceId, ...fields }) => {
			const entry: Entry = { sourceId, active: true, status: 'active', groups: [], ...fields };
			people.set(sourceId, entry);
			return entry;
		},
		change: (sourceId, fields) => {
			const entry = people.get(sourceId);
			if (!entry) throw new Error(`The directory has no one with the id ${sourceId}`);
			Object.assign(entry, fields);
		},
		close: async () => {
			await new Promise((resolve) => server.close(resolve));
		},
	};
	const server = createServer((_request, response) => {
		asked += 1;
		const answer = JSON.stringify(answerOf(directory));
		setTimeout(() => {
			response.writeHead(200, { 'Content-Type': 'application/json' }).end(answer);
		}, directory.delay);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	directory.hosts = { [DIRECTORY_HOST]: `http://127.0.0.1:${portOf(address)}` };
	return directory;
}

function portOf(address: AddressInfo | string | null): number {
	if (typeof address !== 'object' || address === null) throw new Error('The directory has no port');
	return address.port;
}

function answerOf({ people, reading }: DirectoryServer): object[] {
	const everyone = [...people.values()].map((entry) => ({ source: 'test', ...entry }));
	const manifest = (count: number, complete: boolean, explanation?: string) => ({
		manifest: true,
		source: 'test',
		readAt: new Date().toISOString(),
		pages: complete ? 2 : 1,
		count,
		complete,
		groupsComplete: complete,
		attributesRead: ATTRIBUTES,
		...(explanation ? { explanation } : {}),
	});
	switch (reading) {
		case 'whole':
			return [...everyone, manifest(everyone.length, true)];
		case 'half': {
			const half = everyone.slice(0, Math.ceil(everyone.length / 2));
			return [...half, manifest(half.length, false, 'The second page could not be read.')];
		}
		case 'nothing':
			return [manifest(0, false, 'Not one page could be read.')];
		case 'withoutDepartments': {
			const without = everyone.map(({ department: _left, ...entry }) => entry);
			return [...without, manifest(without.length, true)];
		}
	}
}
