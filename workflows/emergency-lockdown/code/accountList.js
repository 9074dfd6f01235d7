// One execution works on one app; each item is a person, with what the steps below need.
const { app, order, table } = $('WhenCalled').first().json;
const { people, protectedResponders, oktaUrl } = JSON.parse(order);
const ofApp = people.filter((person) => person.app === app);

return ofApp.map((person) => ({
	json: { ...person, id: table, email: person.person, protectedResponders, oktaUrl, peopleCount: ofApp.length },
}));
