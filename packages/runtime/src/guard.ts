import type { Kleene } from "./code.ts";
import { deciderOf, decisionOf, type Trace } from "./decide.ts";
import type { Decision, Guard, Traced } from "./decision.ts";
import { Fault } from "./fault.ts";
import { none, unnamed } from "./outcome.ts";
import { type Surface, surfaceOf } from "./surface.ts";
import type { RuleEntry, Tables } from "./tables.ts";

const nothing = { ...unnamed(""), because: none };

/** Decides requests, whatever they are. */
function deciding(tables: Tables) {
  const { hash } = tables;
  let decider: ReturnType<typeof deciderOf> | undefined;
  /** For a request whose getters ask this guard while it reads them. */
  let inner: typeof decideWith | undefined;
  let isBusy = false;
  let id: Decision["id"];
  const identify = (given: Decision["id"]) => {
    id = given;
  };
  const decideWith = (request: unknown, trace?: Trace): Decision => {
    if (isBusy) {
      inner ??= deciding(tables);
      return inner(request, trace);
    }
    isBusy = true;
    id = null;
    try {
      if (decider === undefined || decider.isFull()) decider = deciderOf(tables);
      return decider.decide(request, identify, trace);
    } catch (error) {
      const text = error instanceof Fault ? error.text : "The request could not be read.";
      return decisionOf(hash, id, nothing, none, null, 0, Object.freeze([text]));
    } finally {
      decider?.forget();
      isBusy = false;
    }
  };
  return decideWith;
}

/** In the order of what a condition comes to. */
const outcomes = ["false", "false", "unknown", "true"] as const;

/** The guard of a policy, from the tables that `@scruple/emit` writes. */
export function guard(tables: Tables): Guard {
  const { policy: name, hash } = tables;
  const decideWith = deciding(tables);
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
    policy: Object.freeze({ name, hash, rules: Object.freeze(rules.sort()) }),
  };
}
