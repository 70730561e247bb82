import type { Recorded } from "@scruple/audit";

type Entry = Recorded["entry"];

/** What goes before what was done, by what became of it; `was` is `were` of several pieces of data. */
const verbs: { readonly [O in Entry["outcome"]]: (was: string, decision: Entry["decision"]) => string } = {
  decided: (_, decision) => (decision === "allow" ? "may be" : "may not be"),
  withheld: (was) => `${was} not`,
  begun: (was) => `${was} about to be`,
  done: (was) => was,
  exhausted: (was) => `${was} not`,
  repeated: (was) => `${was} not`,
  failed: (was) => `${was} to be`,
};

/** All that can become of an act. */
export const outcomes: readonly string[] = Object.keys(verbs);

/** What goes before what was done, in a sentence about an entry: `was`, `were not`. */
export function verbOf({ outcome, decision, data }: Entry): string {
  // What is in a file may be anything. Of what is not known, nobody says that it was done.
  if (!Object.hasOwn(verbs, outcome)) return "may have been";
  return verbs[outcome](data.length === 1 ? "was" : "were", decision);
}
