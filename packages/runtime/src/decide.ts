import { Act } from "./act.ts";
import type { Decision } from "./decision.ts";
import { root } from "./diagram.ts";
import { type Engine, engineOf, type Interaction } from "./engine.ts";
import { ageSlot, consentsSlot, firstAgeSlot, objectionsSlot, secondAgeSlot, timeSlot } from "./facts.ts";
import { keyFault } from "./faults.ts";
import { isObject, own } from "./keys.ts";
import { missingOf, outside, secondsUntilHeard, sorted } from "./outcome.ts";
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
  /** The cells of the pieces of data; -1 outside the interaction's bounds. */
  private readonly cellIds: number[] = [];
  private readonly outsideId: number;

  constructor(tables: Tables) {
    this.hash = tables.hash;
    this.engine = engineOf(tables);
    this.act = new Act(this.engine, (message) => this.fault(message));
    this.outsideId = this.engine.cells.addOutcome(outside);
  }

  get isFull(): boolean {
    return this.engine.cells.isFull;
  }

  private fault(message: string): void {
    if (this.faults === undefined) this.faults = [];
    this.faults.push(message);
  }

  decide(request: unknown): Decision {
    this.faults = undefined;
    this.id = null;
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
    if (facts.isNeeded(consentsSlot) && permissions.readConsents(consents, act.channel)) facts.values[consentsSlot] = 1;
    if (facts.isNeeded(objectionsSlot) && permissions.readObjections(objections, act.channel))
      facts.values[objectionsSlot] = 1;

    const sharedAge = facts.values[ageSlot] as number;
    let outcomeId = this.outcomeAt(0, sharedAge);
    let outcome = cells.outcome(outcomeId);
    let missing = outcome.slots.length === 0 ? none : missingOf(outcome, facts);
    if (act.fields.length > 1) {
      let names = missing;
      for (let i = 1; i < act.fields.length; i++) {
        const next = this.outcomeAt(i, sharedAge);
        outcome = cells.outcome(next);
        if (outcome.slots.length > 0) names = [...names, ...missingOf(outcome, facts)];
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
    const { engine, act, cellIds } = this;
    const { cells, diagrams, facts, moment, values } = engine;
    const interaction = engine.interactionAt(act.interaction);
    const inBounds =
      diagrams.classOf(interaction.purposes, act.purpose) === 1 &&
      diagrams.classOf(interaction.channels, act.channel) === 1;
    moment.purpose = act.purpose;
    moment.outbound = interaction.outbound;
    moment.until = interaction.until;
    values[2] = act.purpose;
    values[3] = act.channel;
    values[4] = act.reach;
    if (act.joined >= 0) facts.need(ageSlot);
    for (let i = 0; i < act.fields.length; i++) {
      if (!inBounds) {
        cellIds[i] = -1;
        continue;
      }
      values[0] = this.placeOf(act.fields[i] as number);
      const cell = this.cellOf(interaction);
      cellIds[i] = cell;
      cells.need(cell, facts.need);
    }
  }

  /** The place of a field at the precision that is asked for. */
  private placeOf(field: number): number {
    const { precision } = this.act;
    const level = precision === null ? 0 : (this.engine.scaleOf[field]?.indexOf(precision) ?? 0);
    return (this.engine.placeOf[field] as number) + Math.max(level, 0);
  }

  private cellOf({ own, shared }: Interaction): number {
    const { act } = this;
    if (act.joined < 0) return this.cellAt(own, shared, act.operation);
    // What bears on both together, and what bears on either.
    const { cells, values } = this.engine;
    values[1] = this.placeOf(act.joined);
    const both = cells.join(this.cellAt(own, shared, root.pair), this.cellAt(own, shared, root.first));
    values[0] = values[1] as number;
    return cells.join(both, this.cellAt(own, shared, root.second));
  }

  private cellAt(own: readonly number[], shared: readonly number[], from: number): number {
    const { cells, diagrams, values } = this.engine;
    const ours = diagrams.walk(own[from] as number, values);
    return cells.join(ours, diagrams.walk(shared[from] as number, values));
  }

  /** The outcome of a piece, once the facts are read. */
  private outcomeAt(index: number, sharedAge: number): number {
    const { act, engine } = this;
    const cell = this.cellIds[index] as number;
    if (cell < 0) return this.outsideId;
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
    return engine.cells.decide(cell);
  }
}
