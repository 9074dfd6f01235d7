import type { PatchOperation } from '../../../lib/scim/patchOperation.ts';

type Resource = Record<string, unknown>;

const isResource = (value: unknown): value is Resource =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** `urn:…:User:manager.value` names an extension, an attribute and a sub-attribute. */
const keysOf = (path: string): string[] => {
	const [, urn, rest = path] = /^(urn:.*:User):(.+)$/.exec(path) ?? [];
	return [...(urn === undefined ? [] : [urn]), ...rest.split('.')];
};

/**
 * Carries out Replace operations as RFC 7644 section 3.5.2.3 tells, written from the RFC and not
 * from the code that makes the operations.
 */
export const applyReplacements = (resource: Resource, operations: PatchOperation[]): Resource => {
	const result = structuredClone(resource);
	const merge = (target: Resource, keys: string[], value: unknown): void => {
		const [key, ...rest] = keys;
		if (key === undefined) {
			if (!isResource(value)) throw new Error('Without a path the value must be an object');
			for (const [name, part] of Object.entries(value)) merge(target, keysOf(name), part);
		} else if (rest.length === 0 && !isResource(value)) {
			target[key] = value;
		} else {
			const inner = isResource(target[key]) ? target[key] : {};
			target[key] = inner;
			merge(inner, rest, value);
		}
	};
	for (const { op, path, value } of operations) {
		if (op !== 'Replace') throw new Error(`Only Replace is expected here, not ${op}`);
		merge(result, path === undefined ? [] : keysOf(path), value);
	}
	return result;
};
