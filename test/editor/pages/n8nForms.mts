import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { z } from 'zod';

import type { FormNode } from '../../support/formNodes.mts';
import type { FormPage } from './renderForms.mts';

/** What a form node shows that its workflow computes: its fields as JSON, HTML, and plain texts. */
export interface Computed {
	page?: string;
	html?: string;
	text?: string;
}

/** The pages as n8n writes them. */
export function writtenPages(pages: readonly FormPage[]): string[] {
	const answer = execFileSync(process.execPath, [join('test', 'editor', 'pages', 'renderForms.mts')], {
		input: JSON.stringify(pages),
		encoding: 'utf8',
		maxBuffer: 1e8,
		stdio: ['pipe', 'pipe', 'ignore'],
	});
	const parsed: unknown = JSON.parse(answer);
	return z.array(z.string()).parse(parsed);
}

/** What n8n writes the page of a node from. */
export function pageOf(node: FormNode, trigger: FormNode, computed: Computed): FormPage {
	const { options, ...parameters } = node.parameters;
	const common = {
		formTitle: options.formTitle ?? trigger.parameters.formTitle ?? '',
		appendAttribution: options.appendAttribution ?? trigger.parameters.options.appendAttribution ?? true,
	};
	if (parameters.operation === 'completion') {
		const told = (text: string): string => (text.startsWith('=') ? (computed.text ?? '') : text);
		const data = {
			...common,
			title: told(parameters.completionTitle),
			message: told(parameters.completionMessage),
			responseText: parameters.respondWith === 'showText' ? computed.html : '',
			responseBinary: encodeURIComponent('[]'),
			dangerousCustomCss: options.customCss,
		};
		return { template: 'form-trigger-completion', data };
	}
	const data = {
		...common,
		formDescription: node.isTrigger ? parameters.formDescription : (options.formDescription ?? ''),
		formFields: fieldsOf(parameters, computed),
		testRun: false,
		query: {},
		useResponseData: true,
		buttonLabel: options.buttonLabel ?? trigger.parameters.options.buttonLabel ?? 'Submit',
		customCss: options.customCss,
		nodeVersion: 2.6,
	};
	return { template: 'form-trigger', data };
}

type Parameters = Omit<FormNode['parameters'], 'options'>;

function fieldsOf({ defineForm, formFields }: Parameters, { page = '[]', html = '' }: Computed): unknown[] {
	if (defineForm === 'json') {
		const fields: unknown = JSON.parse(page);
		return z.array(z.unknown()).parse(fields);
	}
	return (formFields?.values ?? []).map((field) => ('html' in field ? { ...field, html } : field));
}
