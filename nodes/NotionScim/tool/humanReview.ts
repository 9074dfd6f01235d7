import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';

/** Whether a call of a tool counts as approved, or why not. */
export type HumanReview = { approved: true } | { approved: false; why: string };

/**
 * Variables of n8n that no model can write, and `${` of a template. The tool is run with `$tool.parameters`; a model can
 * give another `$tool.name`, and the items of other nodes may be a model's words.
 */
const NOT_BY_MODEL = /^(\$tool\.parameters\b|\$(vars|now|today)\b|\$\{)/;

const reviewSchema = z.object({ operation: z.literal('sendAndWait'), message: z.string() });

/**
 * Whether a person approved this call in a human review step of n8n, which stands between the tool and the
 * agent. n8n starts the tool from that step only after the answer "approved", with the parameters that the
 * step showed (processHitlResponses in n8n's langchain package). The source of a run is written by n8n's
 * engine, never by the model.
 */
export function humanReview(context: IExecuteFunctions): HumanReview {
	const step = callingStep(context);
	const raw = step === undefined ? undefined : rawParameters(context, step);
	const review = reviewSchema.safeParse(raw);
	if (!review.success) return refused('No human review step stands between this tool and the agent.');
	if (expressionsIn(raw).some(mayShowModelsWords)) {
		return refused('The human review step uses values that the model can write, or could: it may use $tool.parameters, $vars, $now and $today.');
	}
	if (isLimited(raw)) {
		return refused('The human review step has a time limit. When it is over, n8n takes what the model wrote for an answer.');
	}
	const key = modelsKey(context);
	if (key === undefined) return refused('Planned Change of this tool is not defined by the model, so that no one was shown it.');
	const shown = new RegExp(`\\$tool\\.parameters(\\.${key}\\b|(?![\\w.[?]))`);
	if (!shown.test(review.data.message)) {
		return refused(`The message of the human review step does not show $tool.parameters.${key}, so that no one read the change.`);
	}
	return { approved: true };
}

function refused(why: string): HumanReview {
	return { approved: false, why };
}

function mayShowModelsWords(expression: string): boolean {
	return [...expression.matchAll(/\$[\w$]*/g)].some(({ index }) => !NOT_BY_MODEL.test(expression.slice(index)));
}

/** After its time, n8n passes on what came into the step, which a model can give a field `approved`. */
function isLimited(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return Object.entries(value).some(([name, part]) => (name === 'limitWaitTime' && part !== false) || isLimited(part));
}

/** The node that started this run, if this tool is connected to it as a tool. */
function callingStep(context: IExecuteFunctions): string | undefined {
	// An agent that calls the tool by itself has asked no one. n8n 1.123, which cannot say so, has no such step.
	if (!('isToolExecution' in context) || context.isToolExecution()) return undefined;
	try {
		const { previousNode } = context.getInputSourceData();
		const tools = context.getParentNodes(previousNode, { connectionType: 'ai_tool', depth: 1 });
		return tools.some(({ name }) => name === context.getNode().name) ? previousNode : undefined;
	} catch {
		return undefined;
	}
}

/** The parameters of a node as its admin wrote them, expressions included. */
function rawParameters(context: IExecuteFunctions, node: string): unknown {
	const parameters = property(property(context.getWorkflowDataProxy(0)['$node'], node), 'parameter');
	const toJson = property(parameters, 'toJSON');
	return typeof toJson === 'function' ? Reflect.apply(toJson, parameters, []) : undefined;
}

function property(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** The name under which the model gives the planned change; n8n then shows it as a part of `$tool.parameters`. */
function modelsKey(context: IExecuteFunctions): string | undefined {
	const written = context.getNode().parameters['plannedChange'];
	return typeof written === 'string' ? /^=.*\$fromAI\(\s*['"`](\w+)['"`]/is.exec(written)?.[1] : undefined;
}

/** Every expression in a value. */
export function expressionsIn(value: unknown): string[] {
	if (typeof value === 'string') return value.startsWith('=') ? [value] : [];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(expressionsIn) : [];
}
