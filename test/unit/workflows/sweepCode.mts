import { join } from 'node:path';
import { DateTime } from 'luxon';

import { usedCode } from '../../../canvas/usedCode.mts';
import { ADDRESSES, scriptIn } from '../../../canvas/workflow.mts';

/**
 * Functions of the sweep's Code nodes, run as n8n's sandbox runs them: luxon is there and nothing is imported.
 *
 * @param files of workflows/offboarding-sweep/code, without their ending
 */
export function sweepFunctions(
	files: string[],
	names: string[],
): (name: string, ...values: unknown[]) => unknown {
	const folder = join('workflows', 'offboarding-sweep', 'code');
	const texts = [
		...ADDRESSES,
		join('canvas', 'code', 'dates.js'),
		join('canvas', 'code', 'claims.js'),
		join('lib', 'report', 'csv.ts'),
		...files.map((file) => join(folder, `${file}.js`)),
	].map(scriptIn);
	const functions: Record<string, (...values: unknown[]) => unknown> = new Function(
		'DateTime',
		usedCode([...texts, `return { ${names.join(', ')} };`]),
	)(DateTime);
	return (name, ...values) => {
		const found = functions[name];
		if (!found) throw new Error(`There is no function ${name}`);
		return found(...values);
	};
}
