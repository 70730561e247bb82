import { type Act, type Expr, factsIn, type PromiseLine, selects, selectsOperation } from "@scruple/model";
import { meaningsOf } from "../space/meanings.ts";
import type { Decided, Look, Looks } from "./looks.ts";

/** Whether some request breaks a line of a promise, as section 4 of the language says it. */
export function isBroken<B>(looks: Looks<B>, line: PromiseLine): Promise<boolean> {
  const { world, requests } = looks;
  const reading = line.modality === "never" ? "wide" : "narrow";
  const formulas = new Map<string, B>();
  for (const look of looks.all) {
    for (const act of look.acts) {
      if (!selectsOperation(line.operations, act.operation, reading) || !selects(world, line, act, reading)) continue;
      if (line.covertly && !isOpen(looks, act)) continue;
      const hidden = line.covertly ? disclosures(looks, act) : [];
      const key = [look.id, act.purpose, ...hidden.map(({ id }) => id)].join();
      if (!formulas.has(key)) formulas.set(key, breaks(looks, line, look, act, hidden));
    }
  }
  return requests.some([...formulas.values()]);
}

function breaks<B>(looks: Looks<B>, line: PromiseLine, look: Look<B>, act: Act, hidden: readonly Decided<B>[]): B {
  const { requests, world } = looks;
  const on = looks.askedOf(act);
  const { allowed } = act.purpose === look.on.purpose ? look : looks.decided(act);
  const [when, unless] = [line.when, line.unless].map((expr) => (expr === null ? null : requests.outcome(on, expr)));
  if (line.modality === "never")
    return requests.and([
      allowed,
      ...(when ? [requests.not(when.f)] : []),
      ...(unless ? [requests.not(unless.t)] : []),
      ...(line.covertly ? [requests.not(requests.and(hidden.map((one) => one.allowed)))] : []),
    ]);
  const said = [line.when, line.unless].filter((expr): expr is Expr => expr !== null);
  const asked = [...[...look.rules.values()].flatMap(({ condition }) => condition), ...said];
  const facts = asked.flatMap((expr) => factsIn(expr, world.conditions));
  return requests.and([
    ...[requests.not(allowed), requests.known(on, facts)],
    ...(when ? [when.t] : []),
    ...(unless ? [unless.f] : []),
  ]);
}

/** The channel reaches the customer, so that what is done could be explained there. */
function isOpen<B>({ world }: Looks<B>, { channel }: Act): boolean {
  const { customer } = meaningsOf(world);
  return world.channelOf.get(channel)!.reaches.some((one) => customer.has(one));
}

/** The disclosure of each piece, at its own age. */
function disclosures<B>(looks: Looks<B>, act: Act): readonly Decided<B>[] {
  const pieces = [["data", act.field] as const, ...(act.with === null ? [] : [["with", act.with] as const])];
  return pieces.map(([age, field]) => {
    const one = { ...act, operation: "disclose", field, with: null } as const;
    return looks.decided(one, { ...looks.askedOf(one), age });
  });
}
