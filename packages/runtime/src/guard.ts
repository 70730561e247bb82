import type { Kleene } from "./code.ts";
import { deciderOf, refused, type Trace } from "./decide.ts";
import type { Decision, Guard, Traced } from "./decision.ts";
import { isObject, lookAround } from "./objects.ts";
import type { Check, Given } from "./prepare.ts";
import { ofSubject, type Surface, surfaceOf } from "./surface.ts";
import type { RuleEntry, Tables } from "./tables.ts";

/** Decides requests, whatever they are. */
function deciding(tables: Tables) {
  const { facts: names, hash } = tables;
  let decider: ReturnType<typeof deciderOf> | undefined;
  /** For a request whose getters ask this guard while it reads them. */
  let inner: ReturnType<typeof deciding> | undefined;
  let isBusy = false;
  const decideWith = (request: unknown, trace?: Trace): Decision => {
    if (isBusy) {
      inner ??= deciding(tables);
      return inner.decideWith(request, trace);
    }
    isBusy = true;
    try {
      if (decider === undefined || decider.isFull()) decider = deciderOf(tables);
      return decider.decide(request, trace);
    } catch (error) {
      return refused(hash, null, error);
    } finally {
      decider?.forget();
      isBusy = false;
    }
  };
  const prepare = (act: object): Check => {
    const fixed = Object.freeze({ ...act });
    const { errors } = decideWith(fixed);
    if (errors.length > 0) throw new TypeError(errors.join(" "));
    let of: typeof decider;
    let check: Check | undefined;
    /** As `decide` does: for those who ask this guard while it reads, or who gave every object further keys. */
    const checkSlowly = ({ subject, facts, consents, objections, dataAge }: Given): boolean => {
      const own = (from: unknown, names: readonly string[], prefix: string) =>
        Object.fromEntries(
          names.flatMap((name) => {
            const key = name.slice(prefix.length);
            return isObject(from) && Object.hasOwn(from, key) ? [[key, (from as Record<string, unknown>)[key]]] : [];
          }),
        );
      const request = {
        ...fixed,
        ...{ consents, objections },
        subject: own(subject, names.filter(isOfSubject), ofSubject),
        facts: {
          ...own(facts, ["local_time", ...names.filter((name) => !isOfSubject(name))], ""),
          "data.age": dataAge,
        },
      };
      return decideWith(request).decision === "allow";
    };
    return (known) => {
      if (isBusy || lookAround()) {
        try {
          return checkSlowly(known);
        } catch {
          return false;
        }
      }
      isBusy = true;
      try {
        decider ??= deciderOf(tables);
        if (check === undefined || of !== decider) {
          check = decider.prepare(fixed);
          of = decider;
        }
        return check(known);
      } catch {
        return false;
      } finally {
        decider?.forget();
        isBusy = false;
      }
    };
  };
  return { decideWith, prepare };
}

const isOfSubject = (name: string) => name.startsWith(ofSubject);

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
  const pathOf = (prefix: string, entry: RuleEntry) => prefix + [entry].flat()[0];
  const rules = [
    ...tables.rules.map((entry) => pathOf("", entry)),
    ...tables.interactions.flatMap(([interaction, , , , , ...own]) =>
      own.map((entry) => pathOf(`${interaction}.`, entry)),
    ),
  ];
  let surface: Surface | undefined;
  return {
    get surface() {
      surface ??= surfaceOf(tables);
      return surface;
    },
    decide: (request) => decideWith(request),
    trace,
    prepare,
    policy: Object.freeze({ name, hash, rules: Object.freeze(rules.sort()) }),
  };
}
