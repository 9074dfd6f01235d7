import type { Switches } from '../switches.mts';
import type { Group } from '../workspace/account.mts';
import type { Workspace } from '../workspace/workspace.mts';
import { ScimError } from './answer.mts';
import { keyIn, parseAttributePath } from './attributePath.mts';
import { parseEqualityFilter } from './filter.mts';
import type { PatchOperation } from './patchMessage.mts';
import { isRecord } from './patchMessage.mts';

const readOnly = ['schemas', 'id', 'meta'];

/** The state of a group after a PATCH. */
export class GroupDraft {
	displayName: string;
	readonly memberIds: Set<string>;
	readonly attributes: Record<string, unknown>;
	readonly #workspace: Workspace;
	readonly #switches: Readonly<Switches>;

	constructor(group: Group, workspace: Workspace, switches: Readonly<Switches>) {
		this.displayName = group.displayName;
		this.memberIds = new Set(group.memberIds);
		this.attributes = { ...group.attributes };
		this.#workspace = workspace;
		this.#switches = switches;
	}

	/** Carries out one operation. @throws ScimError 400 */
	apply(operation: PatchOperation): void {
		const { op, path, value } = operation;
		if (path === undefined) {
			if (op === 'remove') throw new ScimError(400, 'Remove needs a path', 'noTarget');
			if (!isRecord(value)) {
				throw new ScimError(400, 'Without a path, value must be an object', 'invalidValue');
			}
			for (const [key, part] of Object.entries(value)) {
				this.apply({ op, path: key, value: part });
			}
			return;
		}
		const [, filter] = /^members\[(.*)\]$/i.exec(path) ?? [];
		if (filter !== undefined) this.#removeByFilter(op, filter);
		else if (path.toLowerCase() === 'members') this.#changeMembers(operation);
		else this.#setAttribute(op, path, value);
	}

	#setAttribute(op: PatchOperation['op'], path: string, value: unknown): void {
		const { schema, attribute } = parseAttributePath(path);
		if (schema !== undefined || attribute === undefined) {
			throw new ScimError(400, 'This path is not supported', 'invalidPath');
		}
		if (readOnly.includes(attribute)) return;
		if (attribute === 'displayName') this.displayName = groupName(op === 'remove' ? '' : value);
		else if (op === 'remove') delete this.attributes[keyIn(this.attributes, attribute)];
		else this.attributes[keyIn(this.attributes, attribute)] = value;
	}

	#changeMembers({ op, value }: PatchOperation): void {
		if (op === 'remove' && value === undefined) {
			this.memberIds.clear();
			return;
		}
		if (op === 'replace') {
			this.memberIds.clear();
			this.#add(memberIdsOf(value));
			return;
		}
		if (op === 'remove' && this.#switches.memberRemovePath === 'filter') {
			this.#refuseForm();
			return;
		}
		const ids = this.#allowedAtOnce(memberIdsOf(value));
		if (op === 'add') this.#add(ids);
		else for (const id of ids) this.memberIds.delete(id);
	}

	#removeByFilter(op: PatchOperation['op'], filter: string): void {
		const parsed = parseEqualityFilter(filter);
		if (op !== 'remove' || parsed?.attribute !== 'value') {
			throw new ScimError(400, 'This path is not supported', 'invalidPath');
		}
		if (this.#switches.memberRemovePath === 'legacy') this.#refuseForm();
		else this.memberIds.delete(parsed.value);
	}

	#add(ids: string[]): void {
		for (const id of ids) {
			const isGuest = this.#workspace.userById(id)?.membership === 'guest';
			if (isGuest && this.#switches.guestInGroup === 'ignored') continue;
			this.memberIds.add(id);
		}
	}

	#allowedAtOnce(ids: string[]): string[] {
		if (ids.length <= 1 || this.#switches.multiMemberPatch === 'yes') return ids;
		if (this.#switches.multiMemberPatch === 'onlyFirstApplied') return ids.slice(0, 1);
		throw new ScimError(400, 'One operation can name one member only', 'invalidValue');
	}

	#refuseForm(): void {
		if (this.#switches.unsupportedPatchForm === 400) {
			throw new ScimError(400, 'Members cannot be removed in this form', 'invalidPath');
		}
	}
}

/** @throws ScimError 400 when it is not a name */
export const groupName = (value: unknown): string => {
	if (typeof value === 'string' && value.trim() !== '') return value;
	throw new ScimError(400, 'displayName must be text', 'invalidValue');
};

/** The ids in `[{"value": "ID"}]`; a single object is taken for a list of one. */
export const memberIdsOf = (value: unknown): string[] => {
	const entries: unknown[] = Array.isArray(value) ? value : [value];
	return entries.map((entry) => {
		const id = isRecord(entry) ? entry['value'] : undefined;
		if (typeof id !== 'string') throw new ScimError(400, 'A member needs a value', 'invalidValue');
		return id;
	});
};
