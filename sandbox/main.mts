import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';

import { OWNER_EMAIL, startSandbox } from './server.mts';

const usage = `Usage: node sandbox/main.mts [options]

  --port N          port on 127.0.0.1 (default 4010)
  --users N         people to add to the default workspace (default 0)
  --seed N          the same seed gives the same people (default 1)
  --empty           no one but the owner
  --token-file F    keep the owner's SCIM token in this file, and use the one that is there;
                    the Admin API's token is kept beside it, in F.admin
  --help
`;

const { values } = parseArgs({
	options: {
		port: { type: 'string', default: '4010' },
		users: { type: 'string', default: '0' },
		seed: { type: 'string', default: '1' },
		empty: { type: 'boolean', default: false },
		'token-file': { type: 'string' },
		help: { type: 'boolean', default: false },
	},
});

const number = (name: string, text: string): number => {
	const value = Number(text);
	if (Number.isInteger(value) && value >= 0) return value;
	throw new Error(`--${name} must be a whole number`);
};

/** The token of an earlier start, so that a credential keeps working. */
const keptToken = (file: string | undefined): string | undefined =>
	(file !== undefined && existsSync(file) && readFileSync(file, 'utf8').trim()) || undefined;

const keepToken = (file: string | undefined, token: string): void => {
	if (file === undefined) return;
	mkdirSync(dirname(file), { recursive: true });
	// The mode applies only when the file is created, so an existing file is restricted as well.
	writeFileSync(file, `${token}\n`, { mode: 0o600 });
	chmodSync(file, 0o600);
};

const main = async (): Promise<void> => {
	if (values.help) {
		process.stdout.write(usage);
		return;
	}
	const tokenFile = values['token-file'];
	const adminTokenFile = tokenFile === undefined ? undefined : `${tokenFile}.admin`;
	const token = keptToken(tokenFile);
	const adminToken = keptToken(adminTokenFile);
	const sandbox = await startSandbox({
		port: number('port', values.port),
		people: number('users', values.users),
		seed: number('seed', values.seed),
		empty: values.empty,
		...(token === undefined ? {} : { token }),
		...(adminToken === undefined ? {} : { adminToken }),
	});
	keepToken(tokenFile, sandbox.token);
	keepToken(adminTokenFile, sandbox.adminToken);
	const tokenLine = tokenFile === undefined ? sandbox.token : `in the file ${tokenFile}`;
	const adminTokenLine = adminTokenFile === undefined ? sandbox.adminToken : `in the file ${adminTokenFile}`;
	process.stdout.write(
		[
			`Live page    ${sandbox.url}/`,
			`SCIM         ${sandbox.scimUrl}`,
			`SCIM token   ${tokenLine}`,
			`Token owner  ${OWNER_EMAIL}`,
			`Admin API    ${sandbox.adminUrl}`,
			`Admin token  ${adminTokenLine}`,
			'',
		].join('\n'),
	);
	const stop = () => void sandbox.close().then(() => process.exit(0));
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
};

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
