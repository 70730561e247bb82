import type { Cell } from "./cells.ts";
import type { Decision } from "./decision.ts";
import { root, walk } from "./diagram.ts";
import { type Engine, engineOf, type Interaction } from "./engine.ts";
import { ageSlot, firstAgeSlot, secondAgeSlot, timeSlot } from "./facts.ts";
import { merge, missingOf, type Outcome, outside, secondsUntilHeard, sorted } from "./outcome.ts";
import { type Reader, type Reading, readerOf } from "./reader.ts";
import type { Tables } from "./tables.ts";
import { readDuration } from "./values.ts";

const none: readonly never[] = Object.freeze([]);
const unreadable: readonly string[] = Object.freeze(["The request could not be read."]);

/** A decision function that never throws. */
export function deciderOf(tables: Tables): (request: unknown) => Decision {
  const { hash } = tables;
  let parts: { readonly engine: Engine; readonly reader: Reader } | undefined;
  /** For a request whose getters ask this guard while it reads them. */
  let inner: ((request: unknown) => Decision) | undefined;
  let busy = false;

  const fail = (id: Decision["id"], errors: readonly string[]): Decision => ({
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
    model: hash,
    errors,
  });

  return (request) => {
    if (busy) {
      inner ??= deciderOf(tables);
      return inner(request);
    }
    busy = true;
    try {
      if (parts === undefined) {
        const engine = engineOf(tables);
        parts = { engine, reader: readerOf(engine) };
      }
      const { engine, reader } = parts;
      const faults = reader.read(request);
      if (faults !== undefined) return fail(reader.id, faults);
      const { reading, id } = reader;
      const { fields } = reading;
      const since = engine.moment.round + 1;
      let outcome = outcomeOfPiece(engine, reading, 0, since);
      let missing = outcome.slots.length === 0 ? none : missingOf(outcome, engine.facts);
      if (fields.length > 1) {
        const outcomes = [outcome];
        let names = missing;
        for (let i = 1; i < fields.length; i++) {
          const next = outcomeOfPiece(engine, reading, i, since);
          outcomes.push(next);
          if (next.slots.length > 0) names = [...names, ...missingOf(next, engine.facts)];
        }
        outcome = merge(outcomes);
        missing = sorted(names);
      }
      const now = engine.facts.values[timeSlot] as number;
      return {
        id,
        decision: outcome.allow ? "allow" : "deny",
        rules: outcome.rules,
        because: outcome.because,
        told: outcome.told,
        basis: outcome.basis,
        duties: outcome.duties,
        limits: outcome.limits,
        missing,
        precision: reading.precision,
        retryAfter: outcome.quiet === undefined || Number.isNaN(now) ? null : secondsUntilHeard(outcome.quiet, now),
        model: hash,
        errors: none,
      };
    } catch {
      // What was being read when it threw is in no order yet.
      parts?.engine.facts.raw.fill(undefined);
      return fail(parts?.reader.id ?? null, unreadable);
    } finally {
      parts?.reader.forget();
      busy = false;
    }
  };
}

function outcomeOfPiece(engine: Engine, reading: Reading, index: number, since: number): Outcome {
  const { cells, facts, moment, scaleOf, placeOf, values } = engine;
  const { purpose, channel, precision, joined } = reading;
  const interaction = engine.interactionAt(reading.interaction);
  if (interaction.purposes[purpose] !== 1 || interaction.channels[channel] !== 1) return outside;

  const placeAt = (field: number): number => {
    const level = precision === null ? -1 : (scaleOf[field]?.indexOf(precision) ?? -1);
    return (placeOf[field] as number) + Math.max(level, 0);
  };
  values[0] = placeAt(reading.fields[index] as number);
  values[2] = purpose;
  values[3] = channel;
  values[4] = reading.reach;
  const age = reading.ages[index] ?? reading.sharedAge;
  facts.raw[ageSlot] = age;
  if (joined >= 0) {
    facts.raw[firstAgeSlot] = readDuration(age);
    facts.raw[secondAgeSlot] = readDuration(reading.joinedAge ?? reading.sharedAge);
    facts.raw[ageSlot] = Math.max(facts.raw[firstAgeSlot] as number, facts.raw[secondAgeSlot] as number);
    cells.reread(firstAgeSlot);
  }
  moment.purpose = purpose;
  moment.channel = channel;
  moment.outbound = outbound[interaction.startedBy];
  moment.until = interaction.until;
  moment.round++;
  cells.reread(ageSlot);
  return cells.decide(cellOf(engine, interaction, reading.operation, joined < 0 ? -1 : placeAt(joined)), since);
}

/** By who started the interaction: 2 the company, 0 the customer, 1 unknown. */
const outbound = [1, 2, 0] as const;

/** For a pair, what bears on both together and what bears on either. */
function cellOf({ cells, values }: Engine, { own, shared }: Interaction, operation: number, joined: number): Cell {
  if (joined < 0) return cells.join(walk(own, operation, values), walk(shared, operation, values));
  values[1] = joined;
  const both = cells.join(walk(own, root.pair, values), walk(shared, root.pair, values));
  const first = cells.join(walk(own, root.first, values), walk(shared, root.first, values));
  values[0] = joined;
  const second = cells.join(walk(own, root.second, values), walk(shared, root.second, values));
  return cells.join(cells.join(both, first), second);
}
