import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const folders = createRequire(import.meta.url)('./package/folders.js').packageFolders;

/** The packages that are published from this repository: name and folder of each. */
export const packages = folders.map((folder) => ({
	folder,
	name: JSON.parse(readFileSync(`${folder}package.json`, 'utf8')).name,
}));
