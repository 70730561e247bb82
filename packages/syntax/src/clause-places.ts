import type { ClauseKind } from "./tree.ts";

/** What comes first has the least number: selectors, conditions, consequences, exceptions. */
export const groups: Readonly<Record<ClauseKind, number>> = {
  with: 0,
  for: 0,
  on: 0,
  to: 0,
  at: 0,
  under: 2,
  when: 2,
  unless: 2,
  until: 2,
  after: 3,
  // biome-ignore lint/suspicious/noThenProperty: the clause is called so, and nobody awaits this table.
  then: 3,
  told: 3,
  because: 3,
  except: 4,
};
/** `covertly` stands between the selectors and the conditions of a promise. */
export const covertlyGroup = 1;

export type Refusals = Partial<Record<ClauseKind, string>>;
const selectorsAlone = "It has selectors, `when`, `unless` and exceptions of its own, and nothing else.";
export const inDenials: Refusals = {
  under: "Only what is allowed needs a legal basis.",
  until: "Only an allow ends by itself; a denial holds until it is taken away.",
  // biome-ignore lint/suspicious/noThenProperty: see above.
  then: "A duty binds whoever acts on an allow.",
  told: "`told` is what customers hear about an allow; say why something is denied with `because`.",
};
export const inAllows: Refusals = { after: "A limit is a denial, such as `deny use any after 2 per week`." };
export const inExceptions: Refusals = {
  under: selectorsAlone,
  until: selectorsAlone,
  after: selectorsAlone,
  // biome-ignore lint/suspicious/noThenProperty: see above.
  then: selectorsAlone,
  told: selectorsAlone,
  because: selectorsAlone,
};
const promised = "It has selectors, `when` and `unless`, and nothing else.";
export const inPromises: Refusals = {
  under: promised,
  until: promised,
  after: promised,
  // biome-ignore lint/suspicious/noThenProperty: see above.
  then: promised,
  told: promised,
  because: promised,
  except: promised,
};
