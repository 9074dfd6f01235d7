import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IHookFunctions,
	INodeCredentialTestResult,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { testResultFor } from './credential';
import { answerDelivery } from './answer';
import { problemOfSettings } from './settings';

/** Starts a workflow when an HR system reports, with proof, that something happened to a person. */
export class HrisTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'HRIS Trigger',
		name: 'hrisTrigger',
		icon: { light: 'file:hrisTrigger.svg', dark: 'file:hrisTrigger.dark.svg' },
		group: ['trigger'],
		// Only with typeVersion 1, and with the hidden parameter "options" below, does n8n pass on a body
		// unparsed; otherwise it answers 422 itself to anything that is not JSON.
		version: 1,
		subtitle: '={{ $parameter["kinds"].join(", ") || "all kinds of events" }}',
		description: 'Starts the workflow when an HR system reports a hire, a leaver or a change',
		defaults: { name: 'HrisTrigger' },
		eventTriggerDescription: 'Let your HR system send an event to the test URL',
		inputs: [],
		// The set-up message has its own output, so that nothing mistakes it for an event.
		outputs:
			'={{ $parameter["showVerificationToken"] ? [{ type: "main", displayName: "Event" }, { type: "main", displayName: "Verification token" }] : [{ type: "main" }] }}',
		credentials: [{ name: 'hrisWebhookApi', required: true, testedBy: 'secretHasRightForm' }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'hris',
				responseMode: 'onReceived',
				responseData: 'noData',
			},
		],
		properties: [
			{
				displayName: 'Company Time Zone',
				name: 'timeZone',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. Europe/Berlin',
				description:
					'Name from the IANA database. Dates begin and end in this zone, unless the event names another. The zone of the server is never used.',
			},
			{
				displayName: 'Kinds of Events',
				name: 'kinds',
				type: 'multiOptions',
				options: [
					{ name: 'Access Revoked', value: 'accessRevoked' },
					{ name: 'Changed', value: 'changed' },
					{ name: 'Hire Cancelled', value: 'hireCancelled' },
					{ name: 'Hired', value: 'hired' },
					{ name: 'Leaver Cancelled', value: 'leaverCancelled' },
					{ name: 'Leaver Scheduled', value: 'leaverScheduled' },
					{ name: 'Left', value: 'left' },
					{ name: 'On Leave', value: 'onLeave' },
					{ name: 'Other', value: 'other' },
					{ name: 'Rehired', value: 'rehired' },
					{ name: 'Returned', value: 'returned' },
				],
				default: [],
				description:
					'Which events start the workflow. If none is chosen, all do. BambooHR reports leavers as changes. An event with an unknown word always starts the workflow.',
			},
			{
				displayName: 'Let Alerts Through',
				name: 'alerts',
				type: 'boolean',
				default: true,
				description:
					'Whether an event with an alert (field alert) starts the workflow, whatever its kind. An alert says what a person must check, such as a deleted record, which may mean that a person left.',
			},
			{
				displayName: 'Include Raw',
				name: 'includeRaw',
				type: 'boolean',
				default: false,
				description:
					'Whether to add the original delivery. It may contain salary and bank data, and stays in the execution log.',
			},
			{
				displayName: 'Show Verification Token',
				name: 'showVerificationToken',
				type: 'boolean',
				default: false,
				description:
					'Whether a second output returns the verification token that Gusto posts, as long as the credential has no secret. Turn it on to connect Gusto, and off again when the token is in the credential.',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'hidden',
				default: { binaryData: true },
			},
		],
	};

	methods = {
		credentialTest: {
			async secretHasRightForm(
				this: ICredentialTestFunctions,
				credential: ICredentialsDecrypted,
			): Promise<INodeCredentialTestResult> {
				return testResultFor(credential.data);
			},
		},
	};

	/** The node cannot register its address at an HRIS, so there is nothing to create or to delete. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				const problem = await problemOfSettings(this);
				if (problem !== undefined) throw new NodeOperationError(this.getNode(), problem);
				return true;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await answerDelivery(this);
	}
}
