import { calledWith, ifTrue, type Setting, settings } from '../nodes.mts';
import { NO_REDIRECTS } from '../noRedirects.mts';
import { code, type Workflow } from '../workflow.mts';

const SHARED = 'canvas/code/sources';

/** A directory that is read in rounds. */
export interface RoundsDrawing {
	/** The vendor's folder, with the files settings.js, status.js, requests.js and answer.js. */
	folder: string;
	settings: Setting[];
	/** Parameters of the HTTP Request node that pick the credential. */
	authentication: Record<string, unknown>;
	/**
	 * The credential has a token that n8n fetches again where an answer is 401, which it sees only where
	 * such an answer is an error. Headers of errors are lost then, and with them how long to pause.
	 */
	renewsToken?: boolean;
	/** Further files that the vendor's own need, in front of them. */
	also?: string[];
}

/**
 * The whole of a directory source that pages by itself. n8n's own paging ends with nothing where one
 * page fails; here every request is tried by itself, a vendor that wants a pause gets it, and what
 * could be read is given out.
 *
 * The vendor's requests.js has `firstRequests()` and `follow()`, see canvas/code/sources/rounds.js.
 */
export function readInRounds(workflow: Workflow, drawing: RoundsDrawing): void {
	const own = (name: string) => `${drawing.folder}/${name}.js`;
	const shared = (name: string) => `${SHARED}/${name}.js`;
	const reading = [
		'canvas/code/emailKey.js',
		'lib/directory/calendarDate.ts',
		shared('values'),
		shared('directory'),
		...(drawing.also ?? []),
		own('settings'),
		shared('rounds'),
		own('requests'),
	];

	const called = workflow.add({
		name: 'WhenCalled',
		type: 'executeWorkflowTrigger',
		version: 1.1,
		parameters: calledWith('ask'),
		at: [0, 1],
	});
	const set = workflow.add({
		name: 'Settings',
		type: 'set',
		version: 3.4,
		parameters: settings(drawing.settings),
		at: [1, 1],
		once: true,
	});
	const toRead = rounds(workflow, [2, 1], {
		...drawing,
		reading,
		answer: { name: 'Answer', files: [shared('statusWords'), own('status'), shared('whatWasRead'), own('answer')] },
	});
	workflow.chain(called, set, toRead);
}

/** What is read in rounds, and what comes out of it. */
interface Rounds extends Pick<RoundsDrawing, 'authentication' | 'renewsToken'> {
	/** Files that every Code node of it knows, with the vendor's requests. */
	reading: string[];
	/** The node that gives out persons and manifest, and its files besides. */
	answer: { name: string; files: string[] };
}

/**
 * The loop of such a source: which requests are next, a pause, the requests, and again until all is read.
 *
 * @returns the node that begins it
 */
export function rounds(
	workflow: Workflow,
	[column, row]: [column: number, row: number],
	{ reading, answer: { name, files }, authentication, renewsToken = false }: Rounds,
): string {
	const toRead = workflow.add({
		name: 'To read',
		type: 'code',
		version: 2,
		parameters: code(...reading, `${SHARED}/toRead.js`),
		at: [column, row],
	});
	const isRead = workflow.add({
		name: 'All read?',
		type: 'if',
		version: 2.2,
		parameters: ifTrue('$json.isRead'),
		at: [column + 1, row],
	});
	const answer = workflow.add({
		name,
		type: 'code',
		version: 2,
		parameters: code(...reading, ...files),
		at: [column + 2, row - 0.5],
	});
	const pause = workflow.add({
		name: 'Pause',
		type: 'wait',
		version: 1.1,
		parameters: { amount: '={{ $json.pause }}' },
		at: [column + 2, row + 0.5],
	});
	const ask = workflow.add({
		name: 'Ask',
		type: 'httpRequest',
		version: 4.5,
		parameters: {
			url: '={{ $json.url }}',
			...authentication,
			options: {
				timeout: 60_000,
				redirect: NO_REDIRECTS,
				// n8n would send all requests of a round at once.
				batching: { batch: { batchSize: 10, batchInterval: 1000 } },
				response: {
					response: {
						fullResponse: true,
						...(renewsToken ? {} : { neverError: true }),
						responseFormat: 'json',
					},
				},
			},
		},
		at: [column + 3, row + 0.5],
		onError: 'continueRegularOutput',
	});

	workflow.chain(toRead, isRead, answer);
	workflow.connect(isRead, pause, { output: 1 });
	workflow.chain(pause, ask, toRead);
	return toRead;
}
