import type { Access } from '../../directory/guards/guards';
import type { Alert } from '../decision';

/**
 * The alert about a credential with more access than joiners need: n8n fills an imported node with the newest
 * credential of its type, which may be the one that removes leavers. It is a warning only.
 */
export function accessAlert(access: Access): Alert | undefined {
	if (access !== 'full') return undefined;
	return {
		key: 'onboarding: access',
		text: 'The credential of Apply Changes has full access, so it could remove people. Hires and changes never need that. Pick a credential whose Access is No Removals.',
	};
}
