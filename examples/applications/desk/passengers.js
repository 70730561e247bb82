/**
 * The passengers of the next flight, as the airline knows them.
 *
 * @param {import("../lib/clock.js").Clock} clock
 */
export function passengers(clock) {
  return new Map([
    [
      "lindqvist",
      {
        name: "Ada Lindqvist",
        about: "34, flies to Lisbon every month",
        age: 34,
        email: "ada@example.org",
        seat: { value: "window, far from the galley", since: clock.ago(120) },
        complaint: { value: "Her bag was lost for three days.", since: clock.ago(40) },
        journeys: { value: "Lisbon, Porto", since: clock.ago(30) },
      },
    ],
    [
      "okafor",
      {
        name: "Ben Okafor",
        about: "51, complained two years ago",
        age: 51,
        email: "ben@example.org",
        seat: { value: "aisle", since: clock.ago(400) },
        complaint: { value: "He waited an hour for a wheelchair.", since: clock.ago(600) },
        journeys: { value: "Lagos, London", since: clock.ago(200) },
      },
    ],
    [
      "yildiz",
      {
        name: "Cem Yıldız",
        about: "12, travels alone",
        age: 12,
        email: "cem@example.org",
        seat: { value: "window, near the crew", since: clock.ago(10) },
        complaint: { value: "Nobody met him at the gate.", since: clock.ago(90) },
        journeys: { value: "İzmir", since: clock.ago(90) },
      },
    ],
  ]);
}
