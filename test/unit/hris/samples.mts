import type { Delivery } from '../../../hris-trigger/lib/delivery';

/** A genuine delivery of one system, with the secret it was made with. */
export interface Sample {
	secret: string;
	/** Names and values. */
	headers: ReadonlyArray<readonly [name: string, value: string]>;
	/** The same digest in forms that this system does not use. */
	otherForms: readonly string[];
	/** Header that `otherForms` stand in. */
	proof: string;
	/** Whether the proof covers the body. */
	coversBody: boolean;
	/** Whether a signature that is too old or too new is told from a forged one. */
	hasWindow: boolean;
}

export const KEY = 'test-secret-0123456789';

/** `KEY` in base64. */
const KEY_BASE64 = 'dGVzdC1zZWNyZXQtMDEyMzQ1Njc4OQ==';

export const BODY = '{"type":"employee.created","n":1}';

/** The second in which all of them were signed. */
export const SIGNED_AT = 1_700_000_000;

const changed = (text: string, from: 'hex' | 'base64' | 'base64url', to: BufferEncoding): string =>
	Buffer.from(text, from).toString(to);

const hiBob =
	'Ktvrc1ymo/QTGCwOnWIVjCZhqqc8kj+SpdTq26oIupfqv9MiTTY0aaQv657jcptWO9lCUr66s/i4Xa9ggnX3vQ==';
const gusto = 'dd94af478da6ba3fbbe20fbbacbabbc61cdbbad7a33949102dfe3958de851fbd';
const deel = '6d41e2e06c1d970ea7bd91111c9ce607c41cfeb13f672d80c9718d5108806909';
const bambooHr = '68c4590c9fd8f87ff99618c16d833500dad8f6ab2902c5bb1d4406db2bd21f48';
const merge = '3ZSvR42muj-74g-7rLq7xhzbutejOUkQLf45WN6FH70=';
const standard = 'c3Wcw3Rzg4JcLqgUkzi4UcJ4STTQ67j5SxKB91oX6Mo=';

const formsOfHex = (digest: string): string[] => [
	digest.toUpperCase(),
	changed(digest, 'hex', 'base64'),
	changed(digest, 'hex', 'base64url'),
	`sha256=${digest}`,
	` ${digest}`,
];

const formsOfStandard = [
	standard,
	`v1,${changed(standard, 'base64', 'hex')}`,
	`v1,${changed(standard, 'base64', 'base64url')}`,
	`v1,${standard.replace('=', '')}`,
	`v1=${standard}`,
	`V1,${standard}`,
	`v2,${standard}`,
];

const formsOfToken = [
	`Bearer ${KEY}`,
	KEY.toUpperCase(),
	changed(Buffer.from(KEY).toString('base64'), 'base64', 'hex'),
	KEY_BASE64,
	`${KEY} `,
];

const signed = { coversBody: true, hasWindow: false };
const token = { secret: KEY, otherForms: formsOfToken, coversBody: false, hasWindow: false };

export const samples: Readonly<Record<string, Sample>> = {
	bamboohr: {
		...signed,
		secret: KEY,
		headers: [
			['X-BambooHR-Signature', bambooHr],
			['X-BambooHR-Timestamp', '1700000000'],
		],
		proof: 'X-BambooHR-Signature',
		otherForms: formsOfHex(bambooHr),
	},
	deel: {
		...signed,
		secret: KEY,
		headers: [['x-deel-signature', deel]],
		proof: 'x-deel-signature',
		otherForms: formsOfHex(deel),
	},
	factorial: {
		...token,
		headers: [['x-factorial-wh-challenge', KEY]],
		proof: 'x-factorial-wh-challenge',
	},
	finch: {
		coversBody: true,
		hasWindow: true,
		secret: KEY_BASE64,
		headers: [
			['Finch-Event-Id', 'msg_1'],
			['Finch-Timestamp', '1700000000'],
			['Finch-Signature', `v1,${standard}`],
		],
		proof: 'Finch-Signature',
		otherForms: formsOfStandard,
	},
	gusto: {
		...signed,
		secret: KEY,
		headers: [['X-Gusto-Signature', gusto]],
		proof: 'X-Gusto-Signature',
		otherForms: formsOfHex(gusto),
	},
	headerToken: { ...token, headers: [['X-HRIS-Token', KEY]], proof: 'X-HRIS-Token' },
	hibob: {
		...signed,
		secret: KEY,
		headers: [['Bob-Signature', hiBob]],
		proof: 'Bob-Signature',
		otherForms: [
			changed(hiBob, 'base64', 'hex'),
			changed(hiBob, 'base64', 'base64url'),
			hiBob.replaceAll('=', ''),
			`sha512=${hiBob}`,
		],
	},
	merge: {
		...signed,
		secret: KEY,
		headers: [['X-Merge-Webhook-Signature', merge]],
		proof: 'X-Merge-Webhook-Signature',
		otherForms: [changed(merge, 'base64url', 'hex'), changed(merge, 'base64url', 'base64')],
	},
	personio: { ...token, headers: [['Authorization', KEY]], proof: 'Authorization' },
	standardWebhooks: {
		coversBody: true,
		hasWindow: true,
		secret: `whsec_${KEY_BASE64}`,
		headers: [
			['webhook-id', 'msg_1'],
			['webhook-timestamp', '1700000000'],
			['webhook-signature', `v1,${standard}`],
		],
		proof: 'webhook-signature',
		otherForms: formsOfStandard,
	},
};

/** What every request has besides. */
const usual = ['Host', 'n8n.example.com', 'Content-Type', 'application/json'];

export function delivery(headers: Sample['headers'], body: string | Buffer = BODY): Delivery {
	return { rawHeaders: [...usual, ...headers.flat()], body: Buffer.from(body) };
}
