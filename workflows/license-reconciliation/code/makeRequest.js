const { shown, asker } = $('Seats to pick').first().json;
const seats = pickedSeats(shown, $input.first().json);
// Whoever left the page without an answer has picked nothing.
if (seats.length === 0) return [];
const { expireHours } = $('Settings').first().json;
return [{ json: requestRow(seats, { asker, expireHours, now: Date.now() }) }];
