import { randomBytes } from 'node:crypto';

/** The access tokens of an emulated vendor, each with its scopes. */
export class AccessTokens {
	readonly #valid = new Map<string, readonly string[]>();
	readonly #issued: string[] = [];
	readonly #encoding: 'base64url' | 'hex';

	/** @param encoding how the vendor writes its tokens */
	constructor(encoding: 'base64url' | 'hex') {
		this.#encoding = encoding;
	}

	issue(scopes: readonly string[] = []): string {
		const token = randomBytes(24).toString(this.#encoding);
		this.#valid.set(token, scopes);
		this.#issued.push(token);
		return token;
	}

	/** Undefined for a token that is not valid, or no longer. */
	scopesOf(token: string): readonly string[] | undefined {
		return this.#valid.get(token);
	}

	isValid(token: string): boolean {
		return this.#valid.has(token);
	}

	/** Every token that was ever issued. */
	issued(): readonly string[] {
		return this.#issued;
	}

	/** Makes the tokens issued so far invalid. */
	expire(): void {
		this.#valid.clear();
	}
}
