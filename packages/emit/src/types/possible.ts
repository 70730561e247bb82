import { type Atom, atomsOf, type Cell, type DecisionSpace, isSatisfiable, TooLargeError } from "@scruple/analysis";
import { type Expr, type FactName, type Id, type Interaction, type Operation, reportedName } from "@scruple/model";
import { Cases } from "./cases.ts";

/** What an operation of an interaction could ever be allowed with, each dimension by itself, and together. */
export interface Possible {
  readonly cases: Cases;
  readonly data: Set<Id>;
  readonly purposes: Set<Id>;
  readonly channels: Set<Id>;
  readonly recipients: Set<Id>;
  readonly levels: Set<string>;
  /** Facts, as `missing` calls them, that stand in a condition of a rule which bears on something that could be allowed. */
  readonly facts: Set<FactName>;
}

/**
 * What could ever be allowed in an interaction, by operation. Exact: each cell of the decision space that an allow selects is
 * asked whether there are facts at which it is allowed; cells that are decided alike are asked once. One that is too complex
 * to tell is taken to be possible: types are there to help, and what decides is the guard.
 */
export function possibleIn(space: DecisionSpace, interaction: Interaction): ReadonlyMap<Operation, Possible> {
  const found = new Map<Operation, Possible>();
  const known = new Map<Cell["key"], ReadonlySet<FactName> | null>();
  for (const cell of space.cells({ interactions: [interaction.id] })) {
    const { key, operation } = cell;
    let facts = known.get(key);
    if (facts === undefined) {
      facts = isPossible(space, cell) ? factsIn(space, cell) : null;
      known.set(key, facts);
    }
    if (facts !== null) add(space, possibleOf(found, operation), cell, facts);
  }
  return found;
}

function isPossible(space: DecisionSpace, cell: Cell): boolean {
  try {
    return isSatisfiable(space.decide(cell).decision.allowed);
  } catch (error) {
    if (error instanceof TooLargeError) return true;
    throw error;
  }
}

function factsIn({ world }: DecisionSpace, cell: Cell): ReadonlySet<FactName> {
  const facts = new Set<FactName>();
  for (const expr of cell.rules.flatMap(({ condition }): readonly Expr[] => condition)) {
    for (const atom of atomsOf(world, [expr])) {
      for (const name of namesIn(atom)) facts.add(reportedName(name));
    }
  }
  return facts;
}

/** As `missing` calls them. */
function namesIn(atom: Atom): readonly FactName[] {
  if ("fact" in atom) return [atom.fact];
  if (atom.op === "compareFacts") return [atom.left, atom.right];
  return atom.op === "consent" ? ["consents"] : atom.op === "objection" ? ["objections"] : [];
}

function possibleOf(found: Map<Operation, Possible>, operation: Operation): Possible {
  const known = found.get(operation);
  if (known !== undefined) return known;
  const made: Possible = {
    ...{ data: new Set(), purposes: new Set(), channels: new Set(), recipients: new Set(), levels: new Set() },
    facts: new Set(),
    cases: new Cases(),
  };
  found.set(operation, made);
  return made;
}

function add({ world }: DecisionSpace, to: Possible, cell: Cell, facts: ReadonlySet<FactName>): void {
  for (const { field, with: joined, level } of cell.data) {
    for (const one of joined === null ? [field] : [field, joined]) {
      to.data.add(one);
      const levels = world.fields.get(one)?.levels ?? [];
      const asked = level ?? levels[0];
      if (asked !== undefined && levels.includes(asked)) to.levels.add(asked);
    }
  }
  for (const purpose of cell.purposes) to.purposes.add(purpose);
  for (const { channel, recipient } of cell.routes) {
    to.channels.add(channel);
    if (recipient !== null) to.recipients.add(recipient);
  }
  for (const fact of facts) to.facts.add(fact);
  to.cases.add(cell, world);
}
