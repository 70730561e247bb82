import { compile } from "@scruple/compiler";
import { emitJavaScript } from "@scruple/emit";
import { median, medianRatio } from "../statistics.mjs";
import { importGuard } from "./import-guard.mjs";

const text = `policy bench.prepared

use std.categories
use std.purposes
use std.recipients
use std.channels

source trips observed { history : behaviour }
subject { age : int 0..130 }

interaction offer_email started by company {
  purposes direct_marketing
  channels email

  deals: allow use trips.history
    under consent
    when subject.age >= 18 and data.age <= 90 days
}
`;

/** The same by hand, with nothing checked but what the policy asks for. */
function byHand({ subject, consents, objections, dataAge }) {
  if (!(subject.age >= 18 && dataAge <= 7_776_000)) return false;
  for (const { purpose, channel } of objections)
    if ((purpose === "any" || purposes.has(purpose)) && (channel === "any" || channels.has(channel))) return false;
  for (const { purpose, channel } of consents)
    if ((purpose === "any" || purposes.has(purpose)) && (channel === "any" || channels.has(channel))) return true;
  return false;
}
const purposes = new Set(["direct_marketing", "marketing"]);
const channels = new Set(["email"]);

/**
 * A prepared check beside an `if` over the same facts, in turns.
 *
 * @returns nanoseconds a check, and the median of the ratios of the rounds
 * @throws where they disagree
 */
export async function benchPrepared({ rounds }) {
  const program = compile([{ path: "prepared.scruple", text }]);
  const guard = (await importGuard(emitJavaScript(program.model("bench.prepared")))).default.inMemory();
  const check = guard.offer_email.prepare({ data: "trips.history", on: "email" });
  const people = Array.from({ length: 512 }, (_, i) => ({
    subject: { age: 10 + (i % 60) },
    consents: i % 3 === 0 ? [] : [{ purpose: "direct_marketing", channel: i % 2 ? "email" : "any" }],
    objections: i % 11 === 0 ? [{ purpose: "any", channel: "any" }] : [],
    dataAge: (i % 120) * 86_400,
  }));
  const wrong = people.find((person) => check(person) !== byHand(person));
  if (wrong !== undefined)
    throw new Error(`The prepared check and the \`if\` disagree about ${JSON.stringify(wrong)}.`);
  const time = (ask) => {
    let allowed = 0;
    const begin = process.hrtime.bigint();
    for (let turn = 0; turn < 40; turn++) for (const person of people) if (ask(person)) allowed++;
    const nanoseconds = Number(process.hrtime.bigint() - begin);
    if (allowed === 0) throw new Error("Nothing is allowed.");
    return nanoseconds / (40 * people.length);
  };
  for (let i = 0; i < 60; i++) [check, byHand].map(time);
  const pairs = Array.from({ length: rounds }, () => [time(check), time(byHand)]);
  const [own, hand] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)];
  return { nanoseconds: median(own), byHand: median(hand), ratio: medianRatio(own, hand) };
}
