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

/** @returns what is wrong with an answer; undefined where it is as it has to be */
export function wrong({ path, listening, person }, status, text) {
  if (status !== 200 && status !== 403) return `${path} answered ${status}: ${text}`;
  const answer = JSON.parse(text);
  if (path === "/api/greet") {
    const wanted = [["bookings.seat_preference", person.seat.value]];
    if (person.complaintMayBeShown && !listening) wanted.push(["complaints.complaint", person.complaint.value]);
    const isRight = status === 200 && JSON.stringify(Object.entries(answer.values)) === JSON.stringify(wanted);
    return isRight ? undefined : `${person.name} was shown ${text}`;
  }
  const refused = status === 403 ? answer.reason : null;
  if (path === "/api/picture") return refused === "policy" ? undefined : `${person.name} was looked for: ${text}`;
  if (refused === null) return person.mayBeWrittenTo ? undefined : `${person.name} was written to`;
  return refused === (person.mayBeWrittenTo ? "limit" : "policy") ? undefined : `${person.name} got no offer: ${text}`;
}
