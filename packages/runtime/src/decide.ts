import { outsideCell } from "./cells.ts";
import { type Kleene, type Reader, slot } from "./code.ts";
import type { Decision } from "./decision.ts";
import { root } from "./diagram.ts";
import { engineOf } from "./engine.ts";
import { Fault, keyFault, nameFault } from "./fault.ts";
import type { Lookup } from "./names.ts";
import { isObject, keysOf, lookAround } from "./objects.ts";
import { missingOf, none, type Outcome, secondsUntilHeard, sorted } from "./outcome.ts";
import { PairMap } from "./pair-map.ts";
import { type Check, checkOf } from "./prepare.ts";
import type { Tables } from "./tables.ts";
import { duration } from "./values.ts";

/** An age that is that of the fact `data.age`. */
const shared = -1;
/** Who sends requests must not fill the memory. */
const mostActs = 100_000;
/** In the order of `root`. */
const operations: readonly unknown[] = ["collect", "infer", "use", "disclose", "combine"];

/** Told of each rule that bears on a piece of data, and how its condition came out. */
export type Trace = (path: string, value: Kleene) => void;

/** Decides one request at a time. @returns a function that throws a `Fault` where something is wrong with the request */
export function deciderOf(tables: Tables) {
  const engine = engineOf(tables);
  const { cells, code, facts, given, moments, needed, permissions, purposes, channels, recipients, scaleOf, walk } =
    engine;
  const [, , purposeCount = 0, channelCount = 0, reachCount = 0] = engine.sizes;
  // Whether two numbers of 31 bits can name every act.
  const remembers =
    (moments.length / 2) * 5 * channelCount * reachCount < 2 ** 31 &&
    (engine.sizes[0] as number) * purposeCount < 2 ** 31;
  /** The fields of its pieces and their ages in seconds, NaN where unknown; behind them, what they are joined with. */
  const fields: number[] = [];
  const ages: number[] = [];
  /** The cells of the pieces. */
  const found: number[] = [];
  const acts = new PairMap();
  let hasAges = false;
  let round = 0;

  const readName = (key: string, name: unknown, find: Lookup): number => {
    const index = find(name);
    if (index < 0) throw nameFault(key, name);
    return index;
  };

  const readPiece = (key: string, raw: unknown, at: number): void => {
    let name = raw;
    let age: unknown;
    if (typeof raw !== "string") {
      if (!isObject(raw)) throw new Fault(`\`${key}\` is a field, or an object with a \`field\` and its \`age\`.`);
      name = undefined;
      const source = keysOf(raw);
      for (const part in source) {
        if (part === "field") name = source[part];
        else if (part === "age") age = source[part];
        else throw keyFault(part, key);
      }
    }
    fields[at] = readName("field", name, engine.findField);
    ages[at] = shared;
    if (age === undefined || age === null) return;
    ages[at] = duration(age);
    hasAges = true;
  };

  const readFacts = (key: string, raw: unknown, read: Reader): void => {
    if (raw === undefined || raw === null) return;
    if (!isObject(raw)) throw new Fault(`\`${key}\` is an object.`);
    const wrong = read(keysOf(raw));
    if (wrong !== undefined) throw keyFault(wrong, key);
  };

  /** The place of a field at a precision. */
  const placeAt = (place: number, precision: string | null): number =>
    precision === null ? place : place + Math.max(0, scaleOf[place]?.indexOf(precision) ?? 0);

  /** @param act Its values in the dimensions of diagrams. */
  const findCell = (index: number, operation: number, act: number[]): number => {
    const [first = 0, joined = 0, purpose = 0, channel = 0] = act;
    const interaction = engine.interactionAt(index);
    if (interaction.purposes[purpose] !== 1 || interaction.channels[channel] !== 1) return outsideCell;
    let leaf = 0;
    const join = (from: number, place: number) => {
      act[0] = place;
      for (const roots of interaction.roots) leaf = cells.join(leaf, walk(roots[from] as number, act));
    };
    if (operation !== root.pair) join(operation, first);
    else {
      // What bears on both together, and what bears on either.
      join(root.pair, first);
      join(root.first, first);
      join(root.second, joined);
    }
    return cells.cellOf(leaf);
  };

  /** What a piece comes to, once the facts are read. */
  const outcomeAt = (at: number, sharedAge: number, joinedAge: number | undefined): number => {
    const own = ages[at] as number;
    const age = own === shared ? sharedAge : own;
    facts[slot.age] = age;
    if (joinedAge !== undefined) {
      facts[slot.first] = age;
      facts[slot.second] = joinedAge === shared ? sharedAge : joinedAge;
      facts[slot.age] = Math.max(age, facts[slot.second] as number);
    }
    facts[slot.round] = ++round;
    return cells.decide(found[at] as number);
  };

  const decide = (request: unknown, identify: (id: Decision["id"]) => void, trace?: Trace): Decision => {
    lookAround();
    if (!isObject(request)) throw new Fault("A request is a JSON object.");
    let id: Decision["id"] = null;
    let interactionName: unknown;
    let operationName: unknown;
    let data: unknown;
    let joined: unknown;
    let purposeName: unknown;
    let channelName: unknown;
    let recipient: unknown;
    let level: unknown;
    let subject: unknown;
    let moreFacts: unknown;
    let wrong: string | undefined;
    const source = keysOf(request);
    for (const key in source) {
      const value = source[key];
      switch (key) {
        case "id":
          if (typeof value === "string" || Number.isFinite(value)) {
            id = value as string | number;
            identify(id);
          }
          break;
        case "interaction":
          interactionName = value;
          break;
        case "operation":
          operationName = value;
          break;
        case "data":
          data = value;
          break;
        case "with":
          joined = value;
          break;
        case "purpose":
          purposeName = value;
          break;
        case "channel":
          channelName = value;
          break;
        case "recipient":
          recipient = value;
          break;
        case "precision":
          level = value;
          break;
        case "subject":
          subject = value;
          break;
        case "facts":
          moreFacts = value;
          break;
        case "consents":
          given.consents = value;
          break;
        case "objections":
          given.objections = value;
          break;
        default:
          wrong ??= key;
      }
    }
    if (wrong !== undefined) throw keyFault(wrong, "a request");

    // The act.
    const interaction = readName("interaction", interactionName, engine.findInteraction);
    const operation = operations.indexOf(operationName);
    if (operation < 0) throw nameFault("operation", operationName);
    const purpose = readName("purpose", purposeName, purposes.find);
    const channel = readName("channel", channelName, channels.find);
    hasAges = false;
    let count = 1;
    if (Array.isArray(data)) {
      count = data.length;
      if (count === 0) throw new Fault("`data` is empty.");
      for (let i = 0; i < count; i++) readPiece("data", data[i], i);
    } else if (data === undefined || data === null) throw nameFault("data", data);
    else readPiece("data", data, 0);
    const isPair = joined !== undefined && joined !== null;
    if (isPair !== (operation === root.pair)) {
      if (isPair) throw new Fault("`with` belongs to the operation `combine` alone.");
      throw new Fault("`combine` needs `with`: the field that the data is joined with.");
    }
    if (isPair) readPiece("with", joined, count);
    let reach = engine.reachOf[channel] as number;
    if (recipient !== undefined && recipient !== null) {
      reach = readName("recipient", recipient, recipients.find);
      const reached = engine.reaches[channel] as readonly number[];
      let one: number | undefined = reach;
      while (one !== undefined && !reached.includes(one)) one = recipients.parents[one]?.[0];
      if (one === undefined) throw new Fault(`The channel does not reach \`${recipient}\`.`);
    }
    let precision: string | null = null;
    if (level !== undefined && level !== null) {
      if (typeof level !== "string") throw new Fault("`precision` is a level, in a string.");
      precision = level;
      let i = isPair ? count : count - 1;
      while (i >= 0 && !scaleOf[fields[i] as number]?.includes(level)) i--;
      if (i < 0) throw new Fault(`None of the data has the precision \`${level}\`.`);
    }

    // What bears on it, and what that asks for.
    for (let i = 0; i < needed.length; i++) needed[i] = 0;
    const context = ((interaction * 5 + operation) * channelCount + channel) * reachCount + reach;
    for (let i = 0; i < count; i++) {
      const place = placeAt(fields[i] as number, precision);
      const datum = place * purposeCount + purpose;
      // Pairs are not remembered: there are too many.
      let cell = isPair ? -1 : acts.get(context, datum);
      if (cell < 0) {
        cell = findCell(interaction, operation, [
          place,
          isPair ? placeAt(fields[count] as number, precision) : 0,
          purpose,
          channel,
          reach,
        ]);
        if (!isPair && remembers) acts.set(context, datum, cell);
      }
      found[i] = cell;
      cells.need(cell, needed);
    }
    if (isPair) needed[0] = (needed[0] as number) | (1 << slot.age);
    for (let i = 0; i < facts.length; i++) facts[i] = Number.NaN;
    readFacts("subject", subject, code.subject);
    readFacts("facts", moreFacts, code.facts);
    if (hasAges && !Number.isNaN(facts[slot.aged]))
      throw new Fault("The age is one for all, as the fact `data.age`, or each piece has its own; here are both.");

    // What that comes to.
    facts[slot.outbound] = moments[2 * interaction] as number;
    facts[slot.until] = moments[2 * interaction + 1] as number;
    given.purpose = purpose;
    given.purposeName = purposeName;
    given.channel = channel;
    given.channelName = channelName;
    permissions.forget();
    const sharedAge = facts[slot.age] as number;
    const joinedAge = isPair ? ages[count] : undefined;
    let missing: readonly string[] = none;
    let whole = 0;
    for (let i = 0; i < count; i++) {
      const next = outcomeAt(i, sharedAge, joinedAge);
      whole = i === 0 ? next : cells.merge(whole, next);
      if (trace !== undefined)
        for (const { rule, value } of cells.borne(found[i] as number)) trace(rule.rules[0] as string, value);
      const outcome = cells.outcome(next);
      if (outcome.slots.length > 0) {
        permissions.readAll();
        const names = missingOf(outcome, facts, engine.factNames);
        missing = i === 0 ? names : sorted([...missing, ...names]);
      }
    }
    return decisionOf(tables.hash, id, cells.outcome(whole), missing, precision, facts[slot.time] as number, none);
  };
  /** @throws Fault where something is wrong with the act, whatever is known */
  const prepare = (request: Readonly<Record<string, unknown>>): Check => {
    decide({ ...request, subject: null, facts: null, consents: null, objections: null }, () => {});
    const isPair = request.operation === "combine";
    // As `decide` has just read them.
    const count = Array.isArray(request.data) ? request.data.length : 1;
    const { purpose: purposeName, channel: channelName } = request;
    return checkOf(
      engine,
      {
        cells: found.slice(0, count),
        interaction: engine.findInteraction(request.interaction),
        isPair,
        ...{ purpose: given.purpose, purposeName, channel: given.channel, channelName },
      },
      () => ++round,
    );
  };
  return {
    decide,
    prepare,
    isFull: () => cells.isFull() || acts.size > mostActs,
    /** Lets go of what a request held. */
    forget: () => {
      code.forget?.();
      given.consents = given.objections = given.purposeName = given.channelName = undefined;
    },
  };
}

export function decisionOf(
  model: string,
  id: Decision["id"],
  { decision, rules, because, told, basis, duties, limits, quiets }: Outcome,
  missing: readonly string[],
  precision: string | null,
  now: number,
  errors: readonly string[],
): Decision {
  const retryAfter = quiets === undefined ? null : secondsUntilHeard(quiets, now);
  return { id, decision, rules, because, told, basis, duties, limits, missing, precision, retryAfter, model, errors };
}
