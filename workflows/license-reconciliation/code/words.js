const CLASSES = {
	ownerNotInDirectory: 'Owner not in directory',
	inactiveInDirectory: 'Inactive in directory',
	orphaned: 'Orphaned',
	possibleDuplicate: 'Possible duplicate',
	foreignDomain: 'Foreign domain',
	outOfScope: 'Out of scope',
	unclear: 'Unclear',
	nonHuman: 'Non-human',
	matched: 'Matched',
};

/** A text from elsewhere as part of a line: no letter of it may end the line or turn it around. */
const oneLine = (text) =>
	String(text ?? '')
		.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
		.replace(/\s+/g, ' ')
		.trim();

/** As a part of a page. */
function escaped(text) {
	const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
	return String(text ?? '').replace(/[&<>"']/g, (character) => entities[character]);
}

const seatsText = (count) => `${count} ${count === 1 ? 'seat' : 'seats'}`;

/** An amount for a mail; nothing where no cost is known. */
const moneyText = (value, currency) =>
	value === null || value === undefined ? '' : `${currency} ${Math.round(value).toLocaleString('en-US')}`;

/** The pages of this workflow. They show and ask; none of them does anything when it is opened. */
const pageOf = (settings, path) => `${String(settings.n8nUrl ?? '').trim().replace(/\/+$/, '')}/${path}`;

/** Rows as a Data Table step gives them out: it gives one empty item where there are none. */
const rowsIn = (items) => items.map(({ json }) => json).filter(({ id }) => id !== undefined);
