import { Act } from "./act.ts";
import type { Decision } from "./decision.ts";
import { type Engine, engineOf } from "./engine.ts";
import { ageSlot, firstAgeSlot, secondAgeSlot, timeSlot } from "./facts.ts";
import { keyFault } from "./faults.ts";
import { part } from "./interaction.ts";
import { isObject, lookAround, own } from "./keys.ts";
import { Locator } from "./locate.ts";
import { missingOf, secondsUntilHeard, sorted } from "./outcome.ts";
import type { Tables } from "./tables.ts";

const none: readonly never[] = Object.freeze([]);
const unreadable: readonly string[] = Object.freeze(["The request could not be read."]);
const notAnObject: readonly string[] = Object.freeze(["A request is a JSON object."]);
const keys =
  "id interaction operation data with purpose channel recipient precision subject facts consents objections".split(" ");

/** A decision function that never throws. */
export function deciderOf(tables: Tables): (request: unknown) => Decision {
  let decider: Decider | undefined;
  /** For a request whose getters ask this guard while it reads them. */
  let inner: ((request: unknown) => Decision) | undefined;
  let busy = false;
  return (request) => {
    if (busy) {
      inner ??= deciderOf(tables);
      return inner(request);
    }
    busy = true;
    try {
      if (decider === undefined || decider.isFull) decider = new Decider(tables);
      return decider.decide(request);
    } catch {
      return denial(tables.hash, decider?.id ?? null, unreadable);
    } finally {
      decider?.forget();
      busy = false;
    }
  };
}

function denial(model: string, id: Decision["id"], errors: readonly string[]): Decision {
  return {
    id,
    decision: "deny",
    rules: none,
    because: none,
    told: none,
    basis: none,
    duties: none,
    limits: none,
    missing: none,
    precision: null,
    retryAfter: null,
    model,
    errors,
  };
}

class Decider {
  id: Decision["id"] = null;
  private readonly hash: string;
  private readonly engine: Engine;
  private readonly act: Act;
  private faults: string[] | undefined;
  private readonly locator: Locator;
  /** The cells of the pieces of data. */
  private readonly cellOf: number[] = [];

  constructor(tables: Tables) {
    this.hash = tables.hash;
    this.engine = engineOf(tables);
    this.act = new Act(this.engine, (message) => this.fault(message));
    this.locator = new Locator(this.engine);
  }

  get isFull(): boolean {
    return this.engine.cells.isFull;
  }

  /** Lets go of what a request held. */
  forget(): void {
    this.engine.permissions.forget();
    this.engine.facts.forget();
  }

  private fault(message: string): void {
    if (this.faults === undefined) this.faults = [];
    this.faults.push(message);
  }

  decide(request: unknown): Decision {
    this.faults = undefined;
    this.id = null;
    lookAround();
    if (!isObject(request)) return denial(this.hash, null, notAnObject);
    const { engine, act } = this;
    const { facts, cells, permissions } = engine;
    let interaction: unknown;
    let operation: unknown;
    let data: unknown;
    let joined: unknown;
    let purpose: unknown;
    let channel: unknown;
    let recipient: unknown;
    let precision: unknown;
    let subject: unknown;
    let given: unknown;
    let consents: unknown;
    let objections: unknown;
    const source = own(request);
    for (const key in source) {
      const value = source[key];
      switch (key) {
        case "id":
          if (typeof value === "string" || Number.isFinite(value)) this.id = value as string | number;
          break;
        case "interaction":
          interaction = value;
          break;
        case "operation":
          operation = value;
          break;
        case "data":
          data = value;
          break;
        case "with":
          joined = value;
          break;
        case "purpose":
          purpose = value;
          break;
        case "channel":
          channel = value;
          break;
        case "recipient":
          recipient = value;
          break;
        case "precision":
          precision = value;
          break;
        case "subject":
          subject = value;
          break;
        case "facts":
          given = value;
          break;
        case "consents":
          consents = value;
          break;
        case "objections":
          objections = value;
          break;
        default:
          this.fault(keyFault(key, "a request", keys));
      }
    }
    act.read({ interaction, operation, data, with: joined, purpose, channel, recipient, precision });
    if (this.faults !== undefined) return denial(this.hash, this.id, this.faults);

    facts.begin();
    this.locate();
    const wrongSubject = facts.readSubject(subject);
    if (wrongSubject !== undefined) this.fault(wrongSubject);
    const wrongFacts = facts.readFacts(given);
    if (wrongFacts !== undefined) this.fault(wrongFacts);
    if (act.hasAges && facts.hasAge)
      this.fault("The age is one for all, as the fact `data.age`, or each piece has its own; here are both.");
    if (this.faults !== undefined) return denial(this.hash, this.id, this.faults);
    permissions.take({
      consents,
      objections,
      purpose: act.purpose,
      purposeName: purpose,
      channel: act.channel,
      channelName: channel,
    });

    const sharedAge = facts.values[ageSlot] as number;
    let outcomeId = this.outcomeAt(0, sharedAge);
    let outcome = cells.outcome(outcomeId);
    let missing = outcome.slots.length === 0 ? none : missingOf(outcome, engine);
    if (act.count > 1) {
      let names = missing;
      for (let i = 1; i < act.count; i++) {
        const next = this.outcomeAt(i, sharedAge);
        outcome = cells.outcome(next);
        if (outcome.slots.length > 0) names = [...names, ...missingOf(outcome, engine)];
        outcomeId = cells.merge(outcomeId, next);
      }
      outcome = cells.outcome(outcomeId);
      if (names !== missing) missing = sorted(names);
    }
    const { quiet } = outcome;
    return {
      id: this.id,
      decision: outcome.allow ? "allow" : "deny",
      rules: outcome.rules,
      because: outcome.because,
      told: outcome.told,
      basis: outcome.basis,
      duties: outcome.duties,
      limits: outcome.limits,
      missing,
      precision: act.precision,
      retryAfter: quiet === undefined ? null : secondsUntilHeard(quiet, facts.values[timeSlot] as number),
      model: this.hash,
      errors: none,
    };
  }

  /** Finds the cell of each piece, and notes the facts that it needs. */
  private locate(): void {
    const { act, cellOf, locator } = this;
    const { cells, facts, moment } = this.engine;
    moment.purpose = act.purpose;
    moment.interaction = act.interaction * part.count;
    if (act.joined >= 0) facts.need(ageSlot);
    for (let i = 0; i < act.count; i++) {
      const cell = locator.find(act, locator.placeOf(act.fields[i] as number, act.precision));
      cellOf[i] = cell;
      cells.need(cell, facts);
    }
  }

  /** The outcome of a piece, once the facts are read. */
  private outcomeAt(index: number, sharedAge: number): number {
    const { act, engine } = this;
    const { values } = engine.facts;
    const ownAge = act.ages[index] as number;
    const age = ownAge === -1 ? sharedAge : ownAge;
    values[ageSlot] = age;
    if (act.joined >= 0) {
      const joinedAge = act.joinedAge === -1 ? sharedAge : act.joinedAge;
      values[firstAgeSlot] = age;
      values[secondAgeSlot] = joinedAge;
      values[ageSlot] = Math.max(age, joinedAge);
    }
    engine.moment.round++;
    return engine.cells.decide(this.cellOf[index] as number);
  }
}
