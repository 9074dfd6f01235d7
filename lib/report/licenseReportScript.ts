/**
 * Sorts and filters the table in report.html. The script reads only the table itself and makes no network
 * request; without it the page shows every seat. It shows a limited number of rows at a time, which keeps ten
 * thousand seats fast; on paper all rows that match the filters are printed.
 */
export const LICENSE_REPORT_SCRIPT = `
'use strict';
(() => {
	const STEP = 100;
	const table = document.getElementById('seats');
	const body = table.tBodies[0];
	const find = (id) => document.getElementById(id);
	const search = find('search');
	const pick = find('pick');
	const changed = find('changed');
	const removable = find('removable');
	const status = find('status');
	const more = find('more');
	const cost = Number(table.dataset.cost);
	const currency = table.dataset.currency;
	const compare = new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare;
	const count = new Intl.NumberFormat('en');
	let rows = Array.from(body.rows);
	let limit = STEP;
	const texts = new Map();

	const textOf = (row) => {
		let text = texts.get(row);
		if (text === undefined) texts.set(row, (text = row.textContent.toLowerCase()));
		return text;
	};
	const money = (value) => {
		try {
			return new Intl.NumberFormat('en', { style: 'currency', currency, maximumFractionDigits: 0 }).format(value);
		} catch {
			return count.format(Math.round(value)) + ' ' + currency;
		}
	};

	/** What was changed in how a table looks may have cost it its meaning for a screen reader. */
	const giveRoles = (row) => {
		if (row.hasAttribute('role')) return;
		row.setAttribute('role', 'row');
		for (const cell of row.cells) cell.setAttribute('role', cell.tagName === 'TH' ? 'rowheader' : 'cell');
	};

	const show = () => {
		const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
		let found = 0;
		for (const row of rows) {
			const passes =
				(pick.value === '' || (pick.value === 'look' ? row.className.indexOf('matched') < 0 : row.classList.contains(pick.value))) &&
				(!changed || !changed.checked || row.dataset.change !== undefined) &&
				(!removable || !removable.checked || row.dataset.removable !== undefined) &&
				words.every((word) => textOf(row).includes(word));
			if (passes) found += 1;
			row.classList.toggle('out', !passes);
			row.classList.toggle('later', passes && found > limit);
			if (passes && found <= limit) giveRoles(row);
		}
		const sum = cost > 0 ? ': ' + money(found * cost) + ' a month, ' + money(found * cost * 12) + ' a year' : '';
		status.textContent = found === rows.length
			? 'All ' + count.format(found) + ' seats' + sum + '.'
			: count.format(found) + ' of ' + count.format(rows.length) + ' seats' + sum + '.';
		more.hidden = found <= limit;
		more.firstElementChild.textContent = 'Show ' + count.format(Math.min(STEP, found - limit)) + ' more of ' + count.format(found);
	};

	const keyOf = (row, column) => {
		if (column === 1) return row.dataset.order;
		return row.cells[column].textContent;
	};
	const sortBy = (header) => {
		const column = header.cellIndex;
		const down = header.getAttribute('aria-sort') === 'ascending';
		for (const other of header.parentElement.cells) other.removeAttribute('aria-sort');
		header.setAttribute('aria-sort', down ? 'descending' : 'ascending');
		rows = rows
			.map((row, index) => ({ row, index, key: keyOf(row, column) }))
			.sort((one, other) => {
				// Whatever has no value comes last, in either direction.
				if ((one.key === '') !== (other.key === '')) return one.key === '' ? 1 : -1;
				return (down ? -1 : 1) * compare(one.key, other.key) || one.index - other.index;
			})
			.map(({ row }) => row);
		// Out of the page while they move: otherwise every move of one concerns all.
		body.remove();
		body.replaceChildren(...rows);
		limit = STEP;
		show();
		table.append(body);
	};

	const filter = () => {
		limit = STEP;
		show();
	};
	table.setAttribute('role', 'table');
	for (const group of [table.tHead, body]) group.setAttribute('role', 'rowgroup');
	table.tHead.rows[0].setAttribute('role', 'row');
	for (const header of table.tHead.rows[0].cells) {
		header.setAttribute('role', 'columnheader');
		header.firstElementChild.addEventListener('click', () => sortBy(header));
	}
	for (const control of [search, pick, changed, removable]) if (control) control.addEventListener('input', filter);
	more.firstElementChild.addEventListener('click', () => {
		limit += STEP;
		show();
	});
	for (const button of document.querySelectorAll('button[data-class]')) {
		button.addEventListener('click', () => {
			pick.value = button.dataset.class;
			filter();
			find('seats-title').scrollIntoView({ block: 'start' });
			pick.focus({ preventScroll: true });
		});
	}
	find('reset').addEventListener('click', () => {
		search.value = pick.value = '';
		for (const box of [changed, removable]) if (box) box.checked = false;
		filter();
	});
	document.body.classList.add('ready');
	find('controls').hidden = false;
	show();
})();
`;
