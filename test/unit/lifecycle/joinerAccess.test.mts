import type { Access } from '../../../lib/directory/guards/guards.ts';
import { accessAlert } from '../../../lib/lifecycle/joiners/joinerAccess.ts';

describe('the credential of the joiners', () => {
	it.each<Access>(['readOnly', 'noRemovals'])('that is %s needs no word', (access) => {
		expect(accessAlert(access)).toBeUndefined();
	});

	it('that could remove people is an alert of its own', () => {
		expect(accessAlert('full')).toEqual({
			key: 'onboarding: access',
			text: expect.stringContaining('Pick a credential whose Access is No Removals.'),
		});
	});
});
