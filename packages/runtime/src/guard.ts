import type { Kleene } from "./code.ts";
import { deciderOf, refused, type Trace, wordsOf } from "./decide.ts";
import type { Decision, Guard, Traced } from "./decision.ts";
import { isObject } from "./objects.ts";
import type { Check } from "./prepare.ts";
import { entriesIn } from "./rules.ts";
import { type Surface, surfaceOf } from "./surface.ts";
import type { Tables } from "./tables.ts";

type Decider = ReturnType<typeof deciderOf>;

/** Decides requests, whatever they are. */
function deciding(tables: Tables) {
  const { hash } = tables;
  let decider: Decider | undefined;
  /** For a request whose getters ask this guard while it reads them. */
  let inner: ReturnType<typeof deciding> | undefined;
  const gate = { isBusy: false };
  const ready = (): Decider => {
    if (decider === undefined || decider.isFull()) decider = deciderOf(tables);
    return decider;
  };
  const within = () => {
    inner ??= deciding(tables);
    return inner;
  };
  const decideWith = (request: unknown, trace?: Trace): Decision => {
    if (gate.isBusy) return within().decideWith(request, trace);
    gate.isBusy = true;
    try {
      return ready().decide(request, trace);
    } catch (error) {
      return refused(hash, null, error);
    } finally {
      decider?.forget();
      gate.isBusy = false;
    }
  };
  const prepare = (act: object): Check => {
    if (gate.isBusy) return within().prepare(act);
    const fixed = fixedOf(act);
    let check: Check | undefined;
    const whenBusy: Check = (given) => {
      try {
        check ??= within().prepare(fixed);
        return check(given);
      } catch {
        return false;
      }
    };
    gate.isBusy = true;
    try {
      return ready().prepare(fixed, gate, whenBusy);
    } catch (error) {
      throw new TypeError(wordsOf(error));
    } finally {
      gate.isBusy = false;
    }
  };
  return { decideWith, prepare };
}

/** An act as it is now: lists and what is in them too. @throws TypeError where it cannot be read */
function fixedOf(act: object): object {
  const part = (value: unknown): unknown => (isObject(value) ? { ...value } : value);
  const whole = (value: unknown) => (Array.isArray(value) ? Array.from(value, part) : part(value));
  try {
    return Object.fromEntries(Object.entries(act).map(([key, value]) => [key, whole(value)]));
  } catch (error) {
    throw new TypeError(wordsOf(error));
  }
}

/** In the order of what a condition comes to. */
const outcomes = ["false", "false", "unknown", "true"] as const;

/** The guard of a policy, from the tables that `@scruple/emit` writes. */
export function guard(tables: Tables): Guard {
  const { policy: name, hash } = tables;
  const { decideWith, prepare } = deciding(tables);
  const trace = (request: unknown): Traced => {
    const values = new Map<string, Kleene>();
    const decision = decideWith(request, (path, value) => {
      values.set(path, Math.min(value, values.get(path) ?? 3));
    });
    const paths = decision.errors.length > 0 ? [] : [...values.keys()].sort();
    const conditions = paths.map((path) => [path, outcomes[values.get(path) ?? 0] as "true"] as const);
    return { decision, conditions: Object.fromEntries(conditions) };
  };
  let surface: Surface | undefined;
  let rules: readonly string[] | undefined;
  return {
    get surface() {
      surface ??= surfaceOf(tables);
      return surface;
    },
    decide: (request) => decideWith(request),
    trace,
    prepare,
    policy: Object.freeze({
      name,
      hash,
      get rules() {
        rules ??= pathsIn(tables);
        return rules;
      },
    }),
  };
}

/** Of all rules, sorted. */
function pathsIn(tables: Tables): readonly string[] {
  return Object.freeze(
    entriesIn(tables)
      .map(([entry, prefix]) => prefix + [entry].flat()[0])
      .sort(),
  );
}
