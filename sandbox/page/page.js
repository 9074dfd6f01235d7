/**
 * The live page. Every text reaches the document as a text node, never as markup, so that a name
 * can contain anything.
 */

const API = '/sandbox/api';
const FRESH_MS = 8000;
const SEARCH_PAUSE_MS = 150;

const byId = (id) => document.getElementById(id);

/** Makes an element: `make('td', 'time', 'text')`, with texts or elements as content. */
const make = (tag, className, ...content) => {
	const element = document.createElement(tag);
	if (className) element.className = className;
	element.append(...content.filter((part) => part !== null && part !== undefined));
	return element;
};

const api = async (path, options) => {
	const answer = await fetch(API + path, options);
	if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
	return await answer.json();
};

const count = new Intl.NumberFormat('en');
const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

const timeOf = (time) => {
	const date = new Date(time);
	const isToday = date.toDateString() === new Date().toDateString();
	return isToday ? clock.format(date) : `${day.format(date)} ${clock.format(date)}`;
};

const roleNames = {
	owner: 'Owner',
	membership_admin: 'Membership admin',
	member: 'Member',
	restricted_member: 'Restricted member',
};

const chip = (text, kind = '') => make('span', `chip ${kind}`, text);

/** When each person, session and request was first seen as new; the first update counts nothing. */
const freshUntil = new Map();
const knownSessions = new Map();
let isDrawn = false;
let newestRequest;

const markFresh = (key) => freshUntil.set(key, Date.now() + FRESH_MS);

const showFresh = (element, key) => {
	const until = freshUntil.get(key);
	const left = (until ?? 0) - Date.now();
	if (left > 0) {
		element.classList.add('fresh');
		// A row that is drawn again continues its animation.
		element.style.animationDelay = `${left - FRESH_MS}ms`;
		for (const cell of element.children) cell.style.animationDelay = `${left - FRESH_MS}ms`;
	} else if (until !== undefined) freshUntil.delete(key);
	return element;
};

const personCell = (name, email) =>
	name
		? [make('span', 'name', name), make('span', 'mail', email)]
		: [make('span', 'name', email ?? 'unknown')];

const memberRow = (member) => {
	const role = chip(
		roleNames[member.role] ?? member.role,
		member.role === 'owner' || member.role === 'membership_admin' ? 'strong' : '',
	);
	const row = make(
		'tr',
		'',
		make('td', '', ...personCell(member.name, member.email)),
		make('td', '', role),
		make('td', '', make('div', 'chips', ...member.groups.map((group) => chip(group)))),
		make('td', 'time joined', timeOf(member.since)),
	);
	return showFresh(row, member.id);
};

const groupItem = (group) => {
	const others = group.memberCount - group.members.length;
	// Isolated, so that a right-to-left name does not reverse the text around it.
	const names = group.members.flatMap((name, index) => [
		index > 0 ? ', ' : '',
		make('bdi', '', name),
	]);
	if (others > 0) names.push(`, ${count.format(others)} more`);
	const badges = make(
		'span',
		'chips',
		group.synced ? chip('Synced', 'strong') : null,
		group.onlyFullAccess ? chip('Only full access', 'warn') : null,
		chip(count.format(group.memberCount)),
	);
	return make(
		'li',
		'',
		make('div', 'line', make('span', 'name', group.name), badges),
		make('div', 'quiet', ...(names.length > 0 ? names : ['No one yet'])),
	);
};

/** Newest first. */
const byLastEvent = (one, other) =>
	(other.endedAt ?? other.startedAt) - (one.endedAt ?? one.startedAt);

/** A session, a personal access token or an MCP client: all of them are ways into an account. */
const sessionItem = (session) => {
	const state =
		session.endedAt === null
			? chip('active', 'strong')
			: make('span', 'time', `ended ${timeOf(session.endedAt)}`);
	const item = make(
		'li',
		'',
		make('div', 'line', make('span', 'name', session.name ?? session.email ?? 'unknown'), state),
		make('div', 'quiet', `${session.kind} · ${session.device} · since ${timeOf(session.startedAt)}`),
	);
	return showFresh(item, session.id);
};

const statusChip = (status) => {
	if (status === null) return chip('cut', 'bad');
	if (status >= 500) return chip(String(status), 'bad');
	return chip(String(status), status >= 400 ? 'warn' : 'strong');
};

const readable = (query) => {
	try {
		return decodeURIComponent(query.replaceAll('+', ' '));
	} catch {
		return query;
	}
};

const requestRow = (request) => {
	const path = request.path + (request.query ? `?${readable(request.query)}` : '');
	const row = make(
		'tr',
		'',
		make('td', 'time', timeOf(request.time)),
		make('td', 'path request', make('span', 'method', request.method), ' ', path),
		make('td', '', statusChip(request.status)),
		make('td', 'number time', `${request.durationMs.toFixed(1)} ms`),
	);
	if (request.body !== undefined) row.title = JSON.stringify(request.body, null, 2);
	return showFresh(row, `request ${request.number}`);
};

const fill = (id, rows, emptyText) => {
	const target = byId(id);
	const empty =
		target.tagName === 'TBODY'
			? make('tr', '', make('td', 'empty', emptyText))
			: make('li', 'empty', emptyText);
	target.replaceChildren(...(rows.length > 0 ? rows : [empty]));
};

const shownOf = (shown, all, what) =>
	shown < all
		? `${count.format(shown)} of ${count.format(all)} ${what} shown, the newest first`
		: '';

const drawWorkspace = async () => {
	const search = byId('search').value;
	const state = await api(`/state?search=${encodeURIComponent(search)}`);
	if (search !== byId('search').value) return;

	byId('workspace-name').textContent = state.name;
	byId('domains').textContent = state.verifiedDomains.join(', ') || 'none';
	byId('figure-members').textContent = count.format(state.memberCount);
	byId('figure-groups').textContent = count.format(state.groupCount);
	byId('figure-sessions').textContent = count.format(state.activeSessionCount);

	const waysIn = [...state.sessions, ...state.access].sort(byLastEvent);
	for (const { id, endedAt } of waysIn) {
		if (isDrawn && knownSessions.get(id) !== endedAt) markFresh(id);
		knownSessions.set(id, endedAt);
	}
	isDrawn = true;
	fill('members', state.members.map(memberRow), 'Nobody found');
	byId('members-note').textContent =
		search.trim() === ''
			? shownOf(state.members.length, state.memberCount, 'members')
			: `${count.format(state.foundCount)} found, ${count.format(state.members.length)} shown`;
	fill('groups', state.groups.map(groupItem), 'No groups');
	byId('groups-note').textContent =
		state.groups.length < state.groupCount
			? `The first ${count.format(state.groups.length)} of ${count.format(state.groupCount)} groups`
			: '';
	fill('sessions', waysIn.map(sessionItem), 'Nobody is signed in');
	byId('sessions-note').textContent = shownOf(
		state.sessions.length,
		state.sessionCount,
		'sessions',
	);
};

const drawRequests = async () => {
	const { total, requests } = await api('/requests?last=200');
	byId('figure-requests').textContent = count.format(total);
	for (const { number } of requests) {
		if (newestRequest !== undefined && number > newestRequest) markFresh(`request ${number}`);
	}
	newestRequest = requests[0]?.number ?? 0;
	fill('requests', requests.map(requestRow), 'Nothing has asked yet');
	byId('requests-note').textContent = shownOf(requests.length, total, 'requests');
};

const valueText = (value) =>
	typeof value === 'object' ? `${value.perSecond} a second, then ${value.status}` : String(value);

const switchItem = ({ name, description, values, default: usual }, present) => {
	const now = JSON.stringify(present);
	const select = make('select');
	select.id = `switch-${name}`;
	const options = new Map(values.map((value) => [JSON.stringify(value), value]));
	options.set(now, present);
	for (const [text, value] of options) {
		const option = make('option', '', valueText(value));
		option.value = text;
		option.selected = text === now;
		select.append(option);
	}
	select.addEventListener('change', async () => {
		await api('/switches', {
			method: 'PATCH',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ [name]: options.get(select.value) }),
		});
		await drawSwitches();
	});
	const label = make('label', '', name);
	label.htmlFor = select.id;
	return make(
		'li',
		now === JSON.stringify(usual) ? '' : 'turned',
		label,
		make('span', 'quiet', description),
		select,
	);
};

const drawSwitches = async () => {
	const { values, switches } = await api('/switches');
	byId('switches').replaceChildren(...switches.map((one) => switchItem(one, values[one.name])));
};

/** Draws one part at a time; further changes meanwhile cause a single redraw. */
const drawing = (draw) => {
	let running = false;
	let again = false;
	return async () => {
		again = true;
		if (running) return;
		running = true;
		try {
			while (again) {
				again = false;
				await draw();
			}
		} finally {
			running = false;
		}
	};
};

const redraw = {
	workspace: drawing(drawWorkspace),
	requests: drawing(drawRequests),
	switches: drawing(drawSwitches),
};

const setLive = (isLive) => {
	byId('live').textContent = isLive ? 'live' : 'reconnecting';
	byId('live').classList.toggle('on', isLive);
};

byId('scim-url').textContent = `${location.origin}/scim/v2`;

let pause;
byId('search').addEventListener('input', () => {
	clearTimeout(pause);
	pause = setTimeout(redraw.workspace, SEARCH_PAUSE_MS);
});

const events = new EventSource(`${API}/events`);
events.addEventListener('open', () => setLive(true));
events.addEventListener('error', () => setLive(false));
events.addEventListener('change', ({ data }) => {
	const { topics, people } = JSON.parse(data);
	for (const id of people) markFresh(id);
	const isFirst = topics.length === 0;
	if (isFirst || topics.some((topic) => topic !== 'requests' && topic !== 'switches')) {
		void redraw.workspace();
	}
	if (isFirst || topics.includes('requests')) void redraw.requests();
	if (isFirst || topics.includes('switches')) void redraw.switches();
});
