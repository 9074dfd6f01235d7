import { readKinds, readSwitch } from '../../../hris-trigger/nodes/HrisTrigger/settings.ts';

test.each([
	[true, true],
	['true', true],
	[' True ', true],
	[false, false],
	['FALSE', false],
	['no', undefined],
	['', undefined],
	[0, undefined],
	[null, undefined],
])('the switch %j is %j', (value, expected) => {
	expect(readSwitch(value)).toBe(expected);
});

test.each([
	[['left', 'hired'], ['left', 'hired']],
	['["left","hired"]', ['left', 'hired']],
	['left, hired', ['left', 'hired']],
	['left', ['left']],
	[[], []],
	['', []],
	['lefft', undefined],
	['["left"', undefined],
	[['left', 7], undefined],
	[null, undefined],
	[{ kind: 'left' }, undefined],
])('the kinds %j are %j', (value, expected) => {
	expect(readKinds(value)).toEqual(expected);
});
