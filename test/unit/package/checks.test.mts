import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkedCodexFiles } from '../../../lint/package/codex.js';
import { checkedIcons } from '../../../lint/package/icons.js';
import { checkedWorkflows } from '../../../lint/package/workflows.js';

const square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M1 1h1"/></svg>';

const codex = {
	node: 'n8n-nodes-example.exampleNode',
	nodeVersion: '1.0',
	codexVersion: '1.0',
	categories: ['Productivity'],
	resources: { primaryDocumentation: [{ url: 'https://example.com/docs' }] },
};

const types = {
	'n8n-nodes-base.webhook': { versions: [2, 2.1], trigger: true },
	'n8n-nodes-example.exampleNode': { versions: [1], trigger: false },
};

const hook = {
	id: 'a1',
	name: 'Hire',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2.1,
	position: [0, 0],
	parameters: {},
};

const action = {
	...hook,
	id: 'b2',
	name: 'Upsert the person',
	type: 'n8n-nodes-example.exampleNode',
	typeVersion: 1,
};

const workflow = {
	name: 'Onboarding',
	nodes: [hook, action],
	connections: { Hire: { main: [[{ node: 'Upsert the person', type: 'main', index: 0 }]] } },
};

describe('the checks of a build', () => {
	let root: string;

	const write = (path: string, content: unknown) => {
		mkdirSync(join(root, dirname(path)), { recursive: true });
		writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
	};

	beforeEach(() => {
		root = mkdtempSync(join(tmpdir(), 'package-'));
		write('package.json', { name: 'n8n-nodes-example' });
	});

	afterEach(() => {
		rmSync(root, { recursive: true, force: true });
	});

	describe('of icons', () => {
		it('accepts a square pair', () => {
			write('nodes/A/a.svg', square);
			write('nodes/A/a.dark.svg', square);
			expect(checkedIcons(root)).toEqual(['nodes/A/a.dark.svg', 'nodes/A/a.svg']);
		});

		it.each([
			['only one theme', 'a.svg', square, 'nodes/A/a.dark.svg is missing'],
			['no square', 'a.svg', square.replace('24 24', '24 20'), 'square viewBox'],
			['broken XML', 'a.svg', square.replace('</svg>', ''), 'not well-formed'],
			['no SVG', 'a.svg', '<html></html>', 'no svg element'],
			['a script', 'a.svg', square.replace('<path', '<script/><path'), 'script'],
		])('refuses %s', (_, name, content, problem) => {
			write(`nodes/A/${name}`, content);
			expect(() => checkedIcons(root)).toThrow(problem);
		});

		it('refuses a package without any', () => {
			expect(() => checkedIcons(root)).toThrow('no icon');
		});
	});

	describe('of codex files', () => {
		beforeEach(() => write('nodes/ExampleNode/ExampleNode.node.ts', ''));

		it('accepts the one that belongs to the node', () => {
			write('nodes/ExampleNode/ExampleNode.node.json', codex);
			expect(checkedCodexFiles(root)).toEqual(['nodes/ExampleNode/ExampleNode.node.json']);
		});

		it.each([
			['another node', { ...codex, node: 'n8n-nodes-base.set' }, 'n8n-nodes-example.exampleNode'],
			['a category that the panel lacks', { ...codex, categories: ['Identity'] }, 'categories.0'],
			['no documentation', { ...codex, resources: {} }, 'primaryDocumentation'],
			['text that is no JSON', '{', 'is not JSON'],
		])('refuses %s', (_, content, problem) => {
			write('nodes/ExampleNode/ExampleNode.node.json', content);
			expect(() => checkedCodexFiles(root)).toThrow(problem);
		});

		it('refuses a node without one', () => {
			expect(() => checkedCodexFiles(root)).toThrow('ExampleNode.node.json: is missing');
		});
	});

	describe('of workflows', () => {
		beforeEach(() => {
			write('workflows/onboarding/README.md', '# Onboarding');
			write('workflows/onboarding/onboarding.png', 'picture');
		});

		it('accept one that anybody can import', () => {
			write('workflows/onboarding/onboarding.json', workflow);
			expect(checkedWorkflows(root, types)).toEqual(['workflows/onboarding/onboarding.json']);
		});

		const withHook = (change: object) => ({ ...workflow, nodes: [{ ...hook, ...change }, action] });
		const withAction = (change: object) => ({ ...workflow, nodes: [hook, { ...action, ...change }] });

		it.each([
			['an unknown node type', withAction({ type: 'n8n-nodes-base.no' }), 'n8n-nodes-base.no'],
			['a version that n8n lacks', withHook({ typeVersion: 3 }), 'versions 2, 2.1, not 3'],
			['a fixed webhook address', withHook({ webhookId: 'w' }), 'webhookId'],
			['a space in the name of a trigger', withHook({ name: 'A hire' }), 'must not contain a space'],
			[
				'the id of a credential',
				withAction({ credentials: { exampleApi: { id: '7', name: 'Mine' } } }),
				'the id of a exampleApi',
			],
			['a token', withAction({ parameters: { x: `ntn_${'a'.repeat(20)}` } }), 'looks like a token'],
			['an id twice', withAction({ id: 'a1' }), 'id a1 is repeated'],
			['a name twice', withAction({ name: 'Hire' }), '"Hire" is repeated'],
			['a connection to nowhere', { ...workflow, nodes: [hook] }, 'no node here'],
			['pinned data', { ...workflow, pinData: { Hire: [{}] } }, 'pinned data'],
			['the maker\'s own n8n', { ...workflow, meta: { instanceId: 'x' } }, 'instance'],
			['no nodes', { ...workflow, nodes: [] }, 'nodes'],
			['text that is no JSON', '{', 'is not JSON'],
		])('refuse %s', (_, content, problem) => {
			write('workflows/onboarding/onboarding.json', content);
			expect(() => checkedWorkflows(root, types)).toThrow(problem);
		});

		it('refuse a folder without README and picture', () => {
			write('workflows/other/other.json', workflow);
			const check = () => checkedWorkflows(root, types);
			expect(check).toThrow('workflows/other: has no README.md');
			expect(check).toThrow('workflows/other: has no picture');
		});

		it('look for those that read an HRIS in folders of their own', () => {
			write('workflows/onboarding/onboarding.json', workflow);
			write('workflows/sources/bamboohr/bamboohr.json', workflow);
			const check = () => checkedWorkflows(root, types);
			expect(check).toThrow('workflows/sources/bamboohr: has no README.md');
			expect(check).not.toThrow('workflows/sources: ');
			write('workflows/sources/bamboohr/README.md', '# BambooHR');
			write('workflows/sources/bamboohr/bamboohr.png', 'picture');
			expect(check()).toContain('workflows/sources/bamboohr/bamboohr.json');
		});

		it('report everything that is wrong at once', () => {
			write('workflows/onboarding/onboarding.json', withHook({ webhookId: 'w', typeVersion: 3 }));
			const check = () => checkedWorkflows(root, types);
			expect(check).toThrow('webhookId');
			expect(check).toThrow('not 3');
			expect(check).toThrow('2 to fix');
		});
	});
});
