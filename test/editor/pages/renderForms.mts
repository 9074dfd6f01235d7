/**
 * Writes pages as n8n's form does, with its own templates and its own preparation of their data, without an
 * n8n that runs: reads an array of {@link FormPage} as JSON, and writes an array of HTML texts. A process of
 * its own, because a few of n8n's modules cannot be loaded by a test runner.
 */
import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { json } from 'node:stream/consumers';

/** A page with fields, or the last page of a form; `data` is what n8n prepares or renders. */
export interface FormPage {
	template: 'form-trigger' | 'form-trigger-completion';
	data: Record<string, unknown>;
}

interface Handlebars {
	registerHelper(name: string, helper: (one: unknown, other: unknown) => boolean): void;
	registerPartial(name: string, text: string): void;
	compile(text: string): (data: unknown) => string;
}

interface FormUtils {
	prepareFormFields(fields: unknown): unknown;
	prepareFormData(data: Record<string, unknown>): unknown;
}

const isHandlebars = (value: unknown): value is Handlebars =>
	typeof value === 'object' && value !== null && 'registerPartial' in value;
const isFormUtils = (value: unknown): value is FormUtils =>
	typeof value === 'object' && value !== null && 'prepareFormData' in value && 'prepareFormFields' in value;
const isPages = (value: unknown): value is FormPage[] => Array.isArray(value);

const N8N = realpathSync(resolve('host', 'node_modules', 'n8n'));
const fromN8n = createRequire(join(N8N, 'package.json'));
const engine: unknown = fromN8n('handlebars');
const utils: unknown = fromN8n('n8n-nodes-base/dist/nodes/Form/utils/utils.js');
const pages: unknown = await json(process.stdin);
if (!isHandlebars(engine) || !isFormUtils(utils) || !isPages(pages)) throw new Error('The form of this n8n has changed');

const template = (name: string): string => readFileSync(join(N8N, 'templates', `${name}.handlebars`), 'utf8');
engine.registerHelper('eq', (one, other) => one === other);
engine.registerHelper('includes', (one, other) => Array.isArray(one) && one.includes(other));
engine.registerPartial('formHostNavigation', template('partials/formHostNavigation'));
const write = {
	'form-trigger': engine.compile(template('form-trigger')),
	'form-trigger-completion': engine.compile(template('form-trigger-completion')),
};
const written = pages.map(({ template: name, data }) =>
	write[name](
		name === 'form-trigger'
			? utils.prepareFormData({ ...data, formFields: utils.prepareFormFields(data['formFields']) })
			: data,
	),
);
// What n8n has loaded may keep the process alive.
process.stdout.write(JSON.stringify(written), () => process.exit());
