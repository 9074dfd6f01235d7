import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { Delivery } from '../../lib/delivery';
import type { HrisEvent } from '../../lib/hrisEvent';
import { receive } from '../../lib/reception';
import { trustOf } from './credential';
import { type Settings, settingsOf } from './settings';

/**
 * Answers one request. n8n acknowledges a result with `workflowData` as soon as the execution exists, before
 * it does any work. It never throws: n8n would store and start a failed execution for anyone who can send a
 * request.
 */
export async function answerDelivery(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await answer(context);
	} catch {
		return refuse(context, 503, 'the credential cannot be read. Choose or correct it');
	}
}

async function answer(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const delivery = await readDelivery(context);
	if (delivery === undefined) return refuse(context, 400, 'its body cannot be read');
	const trust = await trustOf(context);
	if (trust === undefined) return refuse(context, 503, 'the credential names no provider');

	const settings = settingsOf(context);
	const reception = receive(delivery, trust, settings, Date.now());
	switch (reception.type) {
		case 'events':
			return start(actedOn(context, reception.events).filter((event) => isWanted(event, settings)));
		case 'ping':
			return acknowledge();
		case 'verificationToken':
			return settings.showVerificationToken ? show(reception.token) : acknowledge();
		case 'refused':
			return refuse(context, reception.status, reception.reason);
	}
}

/** @returns undefined if the body is too large, breaks off, or is not encoded as stated */
async function readDelivery(context: IWebhookFunctions): Promise<Delivery | undefined> {
	const request = context.getRequestObject();
	try {
		await request.readRawBody();
	} catch {
		return undefined;
	}
	const { event } = request.query;
	return {
		rawHeaders: request.rawHeaders,
		body: request.rawBody ?? Buffer.alloc(0),
		...(typeof event === 'string' ? { eventInAddress: event } : {}),
	};
}

/**
 * A test delivery of a system is shown to the admin who tests the connection: n8n listens for a test event. A
 * published workflow starts only for real events.
 */
function actedOn(context: IWebhookFunctions, events: readonly HrisEvent[]): readonly HrisEvent[] {
	if (context.getMode() === 'manual') return events;
	const real = events.filter(({ simulation }) => simulation === undefined);
	if (real.length < events.length) {
		context.logger.info(
			`A simulated event came to "${context.getNode().name}". Its proof is valid, and it started nothing.`,
		);
	}
	return real;
}

/** An event with an unknown word may be of any kind, so no choice of kinds drops it. */
function isWanted(event: HrisEvent, { kinds, alerts }: Settings): boolean {
	if (event.unmapped === true) return true;
	if (alerts && event.alert !== undefined) return true;
	return kinds.length === 0 || kinds.includes(event.kind);
}

function start(events: readonly HrisEvent[]): IWebhookResponseData {
	if (events.length === 0) return acknowledge();
	return { workflowData: [events.map(toItem)] };
}

function toItem(event: HrisEvent): INodeExecutionData {
	return { json: { ...event } };
}

/** Answered with 200, and nothing starts. */
function acknowledge(): IWebhookResponseData {
	return { webhookResponse: '' };
}

/**
 * The token arrives before anything can be signed with it, so anyone may have sent it; Gusto's own answer to
 * the verification tells.
 */
function show(token: string): IWebhookResponseData {
	const json = {
		verificationToken: token,
		next: 'Verify the webhook subscription with this token at Gusto. If Gusto accepts it, put it into the credential as the secret, turn off Show Verification Token, publish, and delete this execution.',
	};
	return { workflowData: [[], [{ json }]] };
}

function refuse(
	context: IWebhookFunctions,
	status: 400 | 401 | 503,
	reason: string,
): IWebhookResponseData {
	context.logger.warn(
		`A delivery to "${context.getNode().name}" was refused (${status}): ${reason}. Nothing was started.`,
	);
	const response = context.getResponseObject();
	if (!response.headersSent) response.status(status).end();
	return { noWebhookResponse: true };
}
