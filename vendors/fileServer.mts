import { isAuthorized, startHrisServer, type HrisServer } from './hrisServer.mts';

export interface FileServerOptions {
	hostName: string;
	/** The exact value that the header `Authorization` must have. */
	authorization: string;
	/** Default 0: any free port. */
	port?: number;
}

export interface FileServer extends HrisServer {
	/** Sets the content at the path from now on. */
	put(path: string, content: string | Buffer): void;
	/** Every answer ends after this many bytes, although it announced more. */
	cutAfter(bytes: number): void;
}

/** A web server with files behind a header, such as a company's server for exports. */
export async function startFileServer(options: FileServerOptions): Promise<FileServer> {
	const files = new Map<string, Buffer>();
	let cut: number | undefined;
	const server = await startHrisServer({
		hostNames: [options.hostName],
		...(options.port === undefined ? {} : { port: options.port }),
		errorBody: () => ({ body: 'Not available', contentType: 'text/plain' }),
		routes: (app) => {
			app.get('/*', async (request, reply) => {
				if (!isAuthorized(request, options.authorization)) return await reply.code(401).send();
				const file = files.get(request.url);
				if (!file) return await reply.code(404).send();
				if (cut !== undefined) {
					reply.hijack();
					reply.raw.writeHead(200, { 'Content-Type': 'text/csv', 'Content-Length': file.length });
					reply.raw.write(file.subarray(0, cut), () => reply.raw.destroy());
					return undefined;
				}
				return await reply.type('text/csv').send(file);
			});
		},
	});
	return {
		...server,
		put: (path, content) => {
			files.set(path, Buffer.from(content));
		},
		cutAfter: (bytes) => {
			cut = bytes;
		},
		heal: () => {
			cut = undefined;
			server.heal();
		},
	};
}
