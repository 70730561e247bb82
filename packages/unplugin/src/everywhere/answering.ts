/** What this asks of the module of a guard. It is run as it is, less its types, wherever guards are tried. */
export interface Answering {
  decide(request: unknown): object;
  trace(request: unknown): { readonly conditions: object };
  readonly default: { inMemory(world: object): World };
}
interface World {
  readonly boarding_greeting: { readonly show: Ask };
  readonly offer_email: { readonly act: Ask };
  readonly entries: readonly object[];
}
type Ask = (call: object, loaders: object, action?: (values: object) => unknown) => Promise<object>;

/** A line for each answer: of every guard to all of its requests, and what the first, the airline's, does for passengers. */
export async function answer(
  guards: readonly Answering[],
  requests: readonly (readonly unknown[])[],
): Promise<readonly string[]> {
  const decided = guards.flatMap(({ decide, trace }, index) =>
    (requests[index] ?? []).map((request) => JSON.stringify([decide(request), trace(request).conditions])),
  );
  const [airline] = guards;
  return airline === undefined ? decided : [...decided, ...(await aDay(airline))];
}

/** Shows and acts, within a limit and beyond it, and what the audit trail says of that. */
async function aDay({ default: factory }: Answering): Promise<readonly string[]> {
  const guard = factory.inMemory({
    now: "2026-11-21T09:00Z",
    consents: [{ subject: "p1", purpose: "direct_marketing", channel: "email" }],
    subjects: { p1: { age: 34, member: true, region: "eu" }, p2: { age: 12 } },
  });
  const { boarding_greeting: greeting, offer_email: offer } = guard;
  const seen = [];
  const atGate = { subject: "p1", on: "staff_device", facts: { within_earshot: false } };
  const known = { "bookings.seat_preference": () => "12A", "complaints.complaint": () => "Cold coffee." };
  seen.push(await greeting.show(atGate, known));
  for (const [subject, key] of [
    ["p1", "a"],
    ["p1", "a"],
    ["p1", "b"],
    ["p1", "c"],
    ["p2", "d"],
  ]) {
    const call = { operation: "disclose", subject, on: "email", facts: {}, key };
    seen.push(await offer.act(call, { "bookings.travel_history": () => ["Oslo"] }, (trips) => trips));
  }
  seen.push(...guard.entries);
  return seen.map((one) => JSON.stringify(one, unhashed));
}

/** Hashes of persons and of entries are keyed anew in every process. */
function unhashed(key: string, value: unknown): unknown {
  return ["receipt", "receipts", "subject", "act"].includes(key) ? undefined : value;
}
