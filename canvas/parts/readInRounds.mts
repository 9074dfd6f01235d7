import { calledWith, ifTrue, type Setting, settings } from '../nodes.mts';
import { NO_REDIRECTS } from '../noRedirects.mts';
import { code, type Workflow } from '../workflow.mts';

const SHARED = 'canvas/code/sources';

/** A directory that is read in rounds. */
export interface RoundsDrawing {
	/** The vendor's folder, with the files settings.js, statusWords.js, requests.js and answer.js. */
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
	const toRead = workflow.add({
		name: 'To read',
		type: 'code',
		version: 2,
		parameters: code(...reading, shared('toRead')),
		at: [2, 1],
	});
	const isRead = workflow.add({
		name: 'All read?',
		type: 'if',
		version: 2.2,
		parameters: ifTrue('$json.isRead'),
		at: [3, 1],
	});
	const answer = workflow.add({
		name: 'Answer',
		type: 'code',
		version: 2,
		parameters: code(...reading, own('statusWords'), shared('whatWasRead'), own('answer')),
		at: [4, 0.5],
	});
	const pause = workflow.add({
		name: 'Pause',
		type: 'wait',
		version: 1.1,
		parameters: { amount: '={{ $json.pause }}' },
		at: [4, 1.5],
	});
	const ask = workflow.add({
		name: 'Ask',
		type: 'httpRequest',
		version: 4.5,
		parameters: {
			url: '={{ $json.url }}',
			...drawing.authentication,
			options: {
				timeout: 60_000,
				redirect: NO_REDIRECTS,
				// n8n would send all requests of a round at once.
				batching: { batch: { batchSize: 10, batchInterval: 1000 } },
				response: {
					response: {
						fullResponse: true,
						...(drawing.renewsToken ? {} : { neverError: true }),
						responseFormat: 'json',
					},
				},
			},
		},
		at: [5, 1.5],
		onError: 'continueRegularOutput',
	});

	workflow.chain(called, set, toRead, isRead, answer);
	workflow.connect(isRead, pause, { output: 1 });
	workflow.chain(pause, ask, toRead);
}
