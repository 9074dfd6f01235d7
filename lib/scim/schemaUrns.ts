/** Schema URNs that Notion's SCIM API reads and writes (RFC 7643 section 8.7, RFC 7644 section 8.2). */
export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENTERPRISE_USER_SCHEMA =
	'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const PATCH_OP_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** Notion's own extension. It holds only the workspace role. */
export const NOTION_USER_SCHEMA = 'urn:ietf:params:scim:schemas:extension:notion:2.0:User';
