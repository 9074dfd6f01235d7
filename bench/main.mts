/** `npm run bench [NAME] [options]`: see README.md. */
const BENCHES: Record<string, string> = {
	node: './node.mts',
	idle: './idle.mts',
};

const [name = 'node'] = process.argv.slice(2);
const file = BENCHES[name];
if (file === undefined) {
	console.error(`There is no bench "${name}". There are: ${Object.keys(BENCHES).join(', ')}.`);
	process.exit(2);
}
await import(file);
