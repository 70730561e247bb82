import { deciderOf, decisionOf } from "./decide.ts";
import type { Decision, Guard } from "./decision.ts";
import { Fault } from "./fault.ts";
import { none, unnamed } from "./outcome.ts";
import type { RuleEntry, Tables } from "./tables.ts";

const nothing = { ...unnamed(""), because: none };

/** The guard of a policy, from the tables that `@scruple/emit` writes. */
export function guard(tables: Tables): Guard {
  const { policy: name, hash } = tables;
  let decider: ReturnType<typeof deciderOf> | undefined;
  /** For a request whose getters ask this guard while it reads them. */
  let inner: Guard | undefined;
  let isBusy = false;
  let id: Decision["id"];
  const identify = (given: Decision["id"]) => {
    id = given;
  };
  const decide = (request: unknown): Decision => {
    if (isBusy) {
      inner ??= guard(tables);
      return inner.decide(request);
    }
    isBusy = true;
    id = null;
    try {
      if (decider === undefined || decider.isFull()) decider = deciderOf(tables);
      return decider.decide(request, identify);
    } catch (error) {
      const text = error instanceof Fault ? error.text : "The request could not be read.";
      return decisionOf(hash, id, nothing, none, null, 0, Object.freeze([text]));
    } finally {
      decider?.forget();
      isBusy = false;
    }
  };
  const pathOf = (prefix: string, entry: RuleEntry) => prefix + [entry].flat()[0];
  const rules = [
    ...tables.rules.map((entry) => pathOf("", entry)),
    ...tables.interactions.flatMap(([interaction, , , , , ...own]) =>
      own.map((entry) => pathOf(`${interaction}.`, entry)),
    ),
  ];
  return { decide, policy: Object.freeze({ name, hash, rules: Object.freeze(rules.sort()) }) };
}
