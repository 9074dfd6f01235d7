import { isAuthorized, startHrisServer, type HrisServer } from './hrisServer.mts';

export interface FileServerOptions {
	hostName: string;
	/** What the header `Authorization` must be, exactly. */
	authorization: string;
	/** Default 0: any free port. */
	port?: number;
}

export interface FileServer extends HrisServer {
	/** From now on this is what stands at the path. */
	put(path: string, content: string | Buffer): void;
	/** Every answer ends after so many bytes, although more were announced. */
	cutAfter(bytes: number): void;
}

/** A web server with files behind a header, as companies put their exports on one. */
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
