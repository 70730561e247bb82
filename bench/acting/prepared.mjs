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

/** The same by hand, by one who trusts what comes: nothing is checked but what the policy asks for. */
function trusting({ subject, consents, objections, dataAge }) {
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
 * The same by one who lets nothing pass that is not what it should be, as the check has to: ages that are ages, lists that are
 * lists of consents to something that there is, and a denial whatever is thrown. Further keys are not looked for.
 */
function careful({ subject, consents, objections, dataAge }) {
  try {
    const { age } = subject;
    if (!(Number.isSafeInteger(age) && age >= 18 && age <= 130)) return false;
    if (!(Number.isSafeInteger(dataAge) && dataAge >= 0 && dataAge <= 7_776_000)) return false;
    return bears(objections) === false && bears(consents) === true;
  } catch {
    return false;
  }
}

/** Whether one of a list is for the purpose and the channel; undefined where something in it is no consent. */
function bears(list) {
  if (!Array.isArray(list)) return undefined;
  let found = false;
  for (const one of list) {
    if (typeof one !== "object" || one === null) return undefined;
    const { purpose, channel, explicit } = one;
    const isFor = purposeBears.get(purpose);
    const isOn = channelBears.get(channel);
    if (isFor === undefined || isOn === undefined) return undefined;
    if (explicit !== undefined && typeof explicit !== "boolean") return undefined;
    if (isFor && isOn) found = true;
  }
  return found;
}
const bearing = (named, others) => new Map([...[...named, "any"].map((one) => [one, true]), ...others]);
const purposeBears = bearing(purposes, [
  ["analytics", false],
  ["service_provision", false],
  ["newsletter", false],
]);
const channelBears = bearing(channels, [
  ["phone", false],
  ["sms", false],
  ["app", false],
]);

/**
 * A prepared check beside the same as an `if` over the same facts, in turns: one that checks what it is given, which the
 * budget is about, and one that trusts it.
 *
 * @returns nanoseconds a check, and the medians of the ratios of the rounds
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
  const all = [check, careful, trusting];
  const wrong = people.find((person) => new Set(all.map((ask) => ask(person))).size > 1);
  if (wrong !== undefined)
    throw new Error(`The prepared check and the \`if\`s disagree about ${JSON.stringify(wrong)}.`);
  const timeOf = (ask) => {
    let allowed = 0;
    const begin = process.hrtime.bigint();
    for (let turn = 0; turn < 40; turn++) for (const person of people) if (ask(person)) allowed++;
    const nanoseconds = Number(process.hrtime.bigint() - begin);
    if (allowed === 0) throw new Error("Nothing is allowed.");
    return nanoseconds / (40 * people.length);
  };
  // Each in a loop of its own, of which V8 may make what it makes of a call site.
  const loops = all.map((ask) => [new Function("people", `return ${timeOf}`)(people), ask]);
  const turn = () => loops.map(([time, ask]) => time(ask));
  for (let i = 0; i < 400; i++) turn();
  const turns = Array.from({ length: rounds }, turn);
  const [own, checked, trusted] = all.map((_, i) => turns.map((one) => one[i]));
  return {
    nanoseconds: median(own),
    byHand: median(checked),
    ratio: medianRatio(own, checked),
    trusting: { nanoseconds: median(trusted), ratio: medianRatio(own, trusted) },
  };
}
