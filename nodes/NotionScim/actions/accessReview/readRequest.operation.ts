import type { INodeProperties } from 'n8n-workflow';

import { plainPage } from '../../../../lib/report/reviewPage';
import { readRequest as requestIn } from '../../../../lib/review/answers';
import { notice } from '../../descriptions/notice';
import { ItemParameters } from '../../execution/parameters';
import { itemOf } from '../lifecycle/rows';
import type { ListedOperation } from '../operation';

const isAnswer: INodeProperties = {
	displayName: 'Is an Answer',
	name: 'isAnswer',
	type: 'boolean',
	default: false,
	description: 'Whether the request came by POST: only a POST decides anything',
};

export const readRequest: ListedOperation = {
	name: 'Read Request',
	value: 'readRequest',
	action: 'Read a request for the page of a reviewer',
	description:
		'Find the key in the output of a Webhook node, and refuse a request that is too large or has no key before anything is looked up. Needs no credential.',
	properties: [
		notice(
			'readRequestNotice',
			'access-review',
			'The item is that of a Webhook node. Only a request with a key, in a form that a letter has, is looked up.',
		),
		isAnswer,
	],
	outputs: ['Request', 'Page'],
	compute: async (context) => {
		const [item] = context.getInputData();
		const request = requestIn(item?.json, new ItemParameters(context, 0).switch(isAnswer));
		const paired = { item: 0 };
		return await Promise.resolve(
			request.kind === 'tooLarge' || request.kind === 'unknown'
				? [[], [itemOf({ ...plainPage(request.kind) }, paired)]]
				: [[itemOf({ ...request, fields: { ...request.fields } }, paired)], []],
		);
	},
};
