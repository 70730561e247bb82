import { deciderOf } from "./decide.ts";
import type { Guard } from "./decision.ts";
import type { Tables } from "./tables.ts";

/** The guard of a policy, from the tables that `@scruple/emit` writes. */
export function guard(tables: Tables): Guard {
  const pathOf = (prefix: string, entry: Tables["rules"][number]) =>
    prefix + (typeof entry === "string" ? entry : entry[0]);
  const rules = [
    ...tables.rules.map((entry) => pathOf("", entry)),
    ...tables.interactions.flatMap(([name, , , , , ...own]) => own.map((entry) => pathOf(`${name}.`, entry))),
  ];
  return {
    decide: deciderOf(tables),
    policy: Object.freeze({ name: tables.policy, hash: tables.hash, rules: Object.freeze(rules.sort()) }),
  };
}
