import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/**
 * The folder that n8n-core takes for the user's home. It writes an encryption key there as soon as
 * a node runs, so this module has to be imported before n8n-core.
 */
const engineFolder = mkdtempSync(join(tmpdir(), 'n8n-engine-'));

process.env['N8N_USER_FOLDER'] = engineFolder;
process.env['N8N_LOG_LEVEL'] = 'silent';

const removeEngineFolder = () => rmSync(engineFolder, { recursive: true, force: true });

// Jest gives a test file a process object that never emits `exit`; a hook of its own does that job.
if (typeof afterAll === 'function') afterAll(removeEngineFolder);
else process.once('exit', removeEngineFolder);
