import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail as its reader sees it. */
export interface Mail {
	from: string;
	/** Addresses that it was sent to, also those of copies that no header names. */
	to: string[];
	subject: string;
	/** Plain text; empty for a mail without one. */
	text: string;
	/** Empty for a mail without HTML. */
	html: string;
	attachments: { name: string; type: string; text: string; content: Buffer }[];
	/** Milliseconds since 1970 at which it was taken. */
	at: number;
}

export interface MailServerOptions {
	/** The credentials of a client. Default: `n8n` and `n8n`. */
	user?: string;
	password?: string;
	/** Default: any free port. */
	port?: number;
}

/** A mail server that keeps all mails, and delivers none. */
export interface MailServer {
	readonly host: string;
	readonly port: number;
	/** Data of n8n's credential `smtp` for this server. */
	readonly credential: Record<string, string | number | boolean>;
	/** In the order in which they arrived, since the start or the last {@link clear}. */
	mails(): readonly Mail[];
	/** Those to this address. */
	mailsTo(address: string): Mail[];
	/**
	 * The first matching mail, once it has arrived.
	 * @param within milliseconds, by default 20,000
	 * @throws Error with the subjects of the mails that arrived instead
	 */
	waitFor(meant: (mail: Mail) => boolean, within?: number): Promise<Mail>;
	clear(): void;
	/** From now on every client is rejected, as by a server that is out of order. */
	fail(): void;
	heal(): void;
	/** {@link fail} or {@link heal}. */
	refuse(on: boolean): void;
	close(): Promise<void>;
}

const HOST = '127.0.0.1';
const WITHIN = 20_000;

/** What has arrived, who waits for more, and whether the server is out of order. */
interface MailState {
	readonly mails: Mail[];
	/** Called after each mail. */
	readonly waiting: Set<() => void>;
	isFailing: boolean;
}

/** Starts a mail server on 127.0.0.1. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
	const { user = 'n8n', password = 'n8n' } = options;
	const state: MailState = { mails: [], waiting: new Set(), isFailing: false };
	const server = smtpServer(state, user, password);
	const port = await listening(server, options.port ?? 0);
	const refuse = (on: boolean) => {
		state.isFailing = on;
	};

	return {
		host: HOST,
		port,
		credential: { host: HOST, port, secure: false, disableStartTls: true, user, password },
		mails: () => state.mails,
		mailsTo: (address) => state.mails.filter(({ to }) => to.includes(address)),
		waitFor: async (meant, within = WITHIN) => await arrival(state, meant, within),
		clear: () => {
			state.mails.splice(0);
		},
		fail: () => refuse(true),
		heal: () => refuse(false),
		refuse,
		close: async () => {
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

function smtpServer(state: MailState, user: string, password: string): SMTPServer {
	const server = new SMTPServer({
		// Nothing leaves this machine, so no certificate is needed.
		disabledCommands: ['STARTTLS'],
		disableReverseLookup: true,
		authMethods: ['PLAIN', 'LOGIN'],
		onConnect: (_session, done) => done(state.isFailing ? refusal(421, 'Try again later.') : null),
		onAuth: (auth, _session, done) => {
			const known = auth.username === user && auth.password === password;
			if (known) done(null, { user });
			else done(refusal(535, 'The user name or the password is wrong.'));
		},
		onData: (stream, { envelope }, done) => {
			simpleParser(stream).then(
				(parsed) => {
					state.mails.push(mailOf(parsed, envelope.rcptTo));
					for (const look of state.waiting) look();
					done();
				},
				(error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
			);
		},
	});
	// A client that hangs up in the middle needs no handling.
	server.on('error', () => {});
	return server;
}

function mailOf(
	{ from, subject, text, html, attachments }: ParsedMail,
	recipients: readonly { address: string }[],
): Mail {
	return {
		from: from?.text ?? '',
		to: recipients.map(({ address }) => address),
		subject: subject ?? '',
		text: text ?? '',
		html: html || '',
		attachments: attachments.map(({ filename, contentType, content }) => ({
			name: filename ?? '',
			type: contentType,
			text: content.toString('utf8'),
			content,
		})),
		at: Date.now(),
	};
}

async function arrival(
	{ mails, waiting }: MailState,
	meant: (mail: Mail) => boolean,
	within: number,
): Promise<Mail> {
	return await new Promise((resolve, reject) => {
		const look = () => {
			const mail = mails.find(meant);
			if (!mail) return;
			end();
			resolve(mail);
		};
		const timer = setTimeout(() => {
			end();
			const came = mails.map(({ subject }) => `"${subject}"`).join(', ') || 'none';
			reject(new Error(`The mail did not come within ${within} ms. Those that came: ${came}.`));
		}, within);
		const end = () => {
			clearTimeout(timer);
			waiting.delete(look);
		};
		waiting.add(look);
		look();
	});
}

async function listening(server: SMTPServer, port: number): Promise<number> {
	return await new Promise((resolve, reject) => {
		const net = server.listen(port, HOST, () => {
			const address = net.address();
			resolve(typeof address === 'object' && address !== null ? address.port : port);
		});
		net.once('error', reject);
	});
}

/** An answer with a status of SMTP, as the server's library wants it. */
function refusal(responseCode: number, message: string): Error {
	return Object.assign(new Error(message), { responseCode });
}
