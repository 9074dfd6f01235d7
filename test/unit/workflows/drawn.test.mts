import { execFileSync } from 'node:child_process';

describe('the workflow files', () => {
	it('are what their drawings give', () => {
		const draw = () => execFileSync(process.execPath, ['canvas/draw.mts', '--check'], { stdio: 'pipe' });
		expect(draw).not.toThrow();
	});
});
