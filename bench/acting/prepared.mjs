import { compile } from "@scruple/compiler";
import { emitJavaScript } from "@scruple/emit";
import { median, medianRatio } from "../statistics.mjs";
import { importGuard } from "./import-guard.mjs";

/** A policy with an interaction for each age from which on people may be written to. */
const policyFor = (ages) => `policy bench.prepared

use std.categories
use std.purposes
use std.recipients
use std.channels

source trips observed { history : behaviour }
subject { age : int 0..130 }
${ages.map(interactionFor).join("")}`;
const interactionFor = (age) => `
interaction offer_${age} started by company {
  purposes direct_marketing
  channels email

  deals: allow use trips.history
    under consent
    when subject.age >= ${age} and data.age <= 90 days
}
`;
const ages = [18, 21, 25, 30, 35, 40, 50, 60];

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

/** As many of them, each written out with an age of its own. */
const carefulFor = (age) => new Function("bears", `return ${careful};`.replace("18", age))(bears);

/** Prepared checks, one for each age. */
async function checksFor(some) {
  const program = compile([{ path: "prepared.scruple", text: policyFor(some) }]);
  const { default: factory } = await importGuard(emitJavaScript(program.model("bench.prepared")), some.length);
  const guard = factory.inMemory();
  return some.map((age) => guard[`offer_${age}`].prepare({ data: "trips.history", on: "email" }));
}

const people = Array.from({ length: 512 }, (_, i) => ({
  subject: { age: 10 + (i % 60) },
  consents: i % 3 === 0 ? [] : [{ purpose: "direct_marketing", channel: i % 2 ? "email" : "any" }],
  objections: i % 11 === 0 ? [{ purpose: "any", channel: "any" }] : [],
  dataAge: (i % 120) * 86_400,
}));

/** @throws where some of them disagree about somebody */
function agree(asks) {
  const wrong = people.find((person) => new Set(asks.map((ask) => ask(person))).size > 1);
  if (wrong !== undefined)
    throw new Error(`The prepared check and the \`if\`s disagree about ${JSON.stringify(wrong)}.`);
}

function timeOf(ask) {
  let allowed = 0;
  const begin = process.hrtime.bigint();
  for (let turn = 0; turn < 40; turn++) for (const person of people) if (ask(person)) allowed++;
  const nanoseconds = Number(process.hrtime.bigint() - begin);
  if (allowed === 0) throw new Error("Nothing is allowed.");
  return nanoseconds / (40 * people.length);
}
function timeOfSeveral(asks) {
  let allowed = 0;
  const begin = process.hrtime.bigint();
  for (let turn = 0; turn < 5; turn++) for (const person of people) for (const ask of asks) if (ask(person)) allowed++;
  const nanoseconds = Number(process.hrtime.bigint() - begin);
  if (allowed === 0) throw new Error("Nothing is allowed.");
  return nanoseconds / (5 * people.length * asks.length);
}

/** Nanoseconds a question of each, turn by turn. Each in a loop of its own, of which V8 may make what it makes of a call site. */
function turnsOf(rounds, timed, all) {
  const loops = all.map((one) => [new Function("people", `return ${timed}`)(people), one]);
  const turn = () => loops.map(([time, one]) => time(one));
  for (let i = 0; i < 400; i++) turn();
  const turns = Array.from({ length: rounds }, turn);
  return all.map((_, i) => turns.map((one) => one[i]));
}

/**
 * A prepared check beside the same as an `if` over the same facts, in turns: one that checks what it is given, which the
 * budget is about, and one that trusts it. Then eight checks of one guard, asked of each person in turn, beside as many `if`s: V8 makes
 * code for one check of which all is known, and code that several share.
 *
 * @returns nanoseconds a check, and the medians of the ratios of the rounds
 * @throws where they disagree
 */
export async function benchPrepared({ rounds }) {
  const [check] = await checksFor(ages.slice(0, 1));
  agree([check, careful, trusting]);
  const [own, checked, trusted] = turnsOf(rounds, timeOf, [check, careful, trusting]);
  const checks = await checksFor(ages);
  const ifs = ages.map(carefulFor);
  for (const i of ages.keys()) agree([checks[i], ifs[i]]);
  const [ofSeveral, byHand] = turnsOf(rounds, timeOfSeveral, [checks, ifs]);
  return {
    nanoseconds: median(own),
    byHand: median(checked),
    ratio: medianRatio(own, checked),
    trusting: { nanoseconds: median(trusted), ratio: medianRatio(own, trusted) },
    several: { count: ages.length, nanoseconds: median(ofSeveral), ratio: medianRatio(ofSeveral, byHand) },
  };
}
