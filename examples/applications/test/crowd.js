/**
 * So many passengers, of every kind in turn, and what the policy comes to for each: written down here by hand, so that the
 * guard is not compared with itself.
 *
 * @param {import("../lib/clock.js").Clock} clock
 * @param {number} size
 */
export function crowd(clock, size) {
  return new Map(
    Array.from({ length: size }, (_, number) => {
      const isAdult = number % 5 !== 0;
      const hasAgreed = number % 3 !== 0;
      const isLongPast = number % 4 === 0;
      const passenger = {
        name: `Passenger ${number}`,
        about: "",
        age: isAdult ? 18 + (number % 60) : number % 18,
        email: `${number}@example.org`,
        seat: { value: `${number}A`, since: clock.ago(100) },
        complaint: { value: `Complaint ${number}`, since: clock.ago(isLongPast ? 600 : 40) },
        journeys: { value: "Lisbon", since: clock.ago(30) },
        hasAgreed,
        mayBeWrittenTo: isAdult && hasAgreed,
        complaintMayBeShown: !isLongPast,
      };
      return [`p${number}`, passenger];
    }),
  );
}

/** How it is answered, by the reason. */
const refusals = { policy: 403, limit: 429 };

/** @returns what is wrong with an answer; undefined where it is as it has to be */
export function wrong({ path, listening, person }, status, text) {
  const answer = JSON.parse(text);
  const refused = status === 200 ? null : answer.reason;
  if (refused !== null && status !== refusals[refused]) return `${path} answered ${status}: ${text}`;
  if (path === "/api/greet") {
    const wanted = [["bookings.seat_preference", person.seat.value]];
    if (person.complaintMayBeShown && !listening) wanted.push(["complaints.complaint", person.complaint.value]);
    const isRight = status === 200 && JSON.stringify(Object.entries(answer.values)) === JSON.stringify(wanted);
    return isRight ? undefined : `${person.name} was shown ${text}`;
  }
  if (path === "/api/picture") return refused === "policy" ? undefined : `${person.name} was looked for: ${text}`;
  if (refused === null) return person.mayBeWrittenTo ? undefined : `${person.name} was written to`;
  return refused === (person.mayBeWrittenTo ? "limit" : "policy") ? undefined : `${person.name} got no offer: ${text}`;
}
