import { type Act, canonical, type Id, type Operation } from "@scruple/model";
import { type CellDecision, type CellRule, decideCell, dutiesOf, limitsOf } from "../cell.ts";
import type { Context } from "../context.ts";
import { describeRegion } from "../describe/describe.ts";
import type { Diagrams } from "../diagrams.ts";
import { FactSpace } from "../fact-space.ts";
import { FALSE, type Node } from "../node-store.ts";
import type { Joined } from "./join-models.ts";
import { firstOf, type StaticCell, type StaticSpace } from "./static-cells.ts";

export type Kind = "widened" | "narrowed" | "duties";

/** Where two models decide otherwise: a region of facts, for some cells of the static space. */
export interface Region {
  readonly kind: Kind;
  readonly cells: readonly StaticCell[];
  readonly context: Context;
  readonly where: Node;
  /** `where` in the words of a policy: alternatives. */
  readonly when: readonly string[];
  /** Paths of rules that bear on it in one model only, or otherwise. */
  readonly causes: readonly string[];
}

/** Cells of one purpose that the same rules bear on, in the same way. */
interface Group {
  readonly purpose: Id;
  readonly inBounds: readonly boolean[];
  readonly rules: readonly [readonly CellRule[], readonly CellRule[]];
  readonly causes: readonly string[];
  /** Of the causes, those that only limit. */
  readonly limits: ReadonlySet<string>;
  readonly cells: StaticCell[];
}

/** @throws TooLargeError that names the rules with the largest conditions */
export function* regionsOf(joined: Joined, space: StaticSpace): Generator<Region> {
  let interaction: Id | null = null;
  let groups = new Map<string, Group>();
  const find = groupFinder(joined, space);
  for (const cell of space.cells()) {
    if (cell.interaction !== interaction) {
      yield* decided(joined, interaction, groups);
      groups = new Map();
      interaction = cell.interaction;
    }
    const key = `${cell.purpose} ${cell.inBounds.map(Number).join("")} ${cell.key}`;
    const known = groups.get(key);
    if (known !== undefined) known.cells.push(cell);
    else groups.set(key, find(cell));
  }
  yield* decided(joined, interaction, groups);
}

function groupFinder({ worlds, bearings }: Joined, space: StaticSpace): (cell: StaticCell) => Group {
  const known = new Map<string, CellRule | null>();
  const rulesOn = (side: 0 | 1, cell: StaticCell): readonly CellRule[] => {
    if (!cell.inBounds[side]) return [];
    const act = actOf(cell, space, (channel) => worlds[side].channelOf.get(channel)?.reaches ?? []);
    const rules: CellRule[] = [];
    for (const [path, exceptions] of cell.rules()) {
      const pair = act.with === null ? "" : `${act.field}+${act.with}`;
      const key = `${side} ${cell.interaction} ${cell.operation === "infer"} ${pair} ${path} ${exceptions}`;
      let rule = known.get(key);
      if (rule === undefined) {
        const bearing = bearings[side].get(path);
        rule = bearing?.selects(act) ? { rule: bearing, condition: bearing.condition(act) } : null;
        known.set(key, rule);
      }
      if (rule !== null) rules.push(rule);
    }
    return rules;
  };
  const said = new WeakMap<CellRule, string>();
  const says = (one: CellRule) => {
    const { effect, limit, duties } = one.rule;
    const asked = duties.map(({ name, arguments: given }) => [name, given]);
    const text = said.get(one) ?? JSON.stringify([effect, limit, asked, one.condition]);
    said.set(one, text);
    return text;
  };
  return (cell) => {
    const rules = [rulesOn(0, cell), rulesOn(1, cell)] as const;
    const causes = new Set<string>();
    for (const [one, other] of [rules, [rules[1], rules[0]]] as const) {
      for (const rule of one) {
        const { path } = rule.rule;
        const twin = other.find((each) => each.rule.path === path);
        const isChanged = twin === undefined || says(twin) !== says(rule);
        if (isChanged) causes.add(path);
      }
    }
    const both = rules.flat();
    const only = (path: string) => both.every(({ rule }) => rule.path !== path || rule.limit !== null);
    const limits = new Set([...causes].filter(only));
    return { purpose: cell.purpose, inBounds: cell.inBounds, rules, causes: [...causes].sort(), limits, cells: [cell] };
  };
}

/** The first place of a cell, as rules are asked about it. */
export function actOf(cell: StaticCell, { places }: StaticSpace, reaches: (channel: Id) => readonly Id[]): Act {
  const { data, with: joined, route } = firstOf(places, cell);
  return {
    interaction: cell.interaction,
    operation: cell.operation as Operation,
    field: data.field,
    with: joined?.field ?? null,
    purpose: cell.purpose,
    channel: route.channel,
    recipients: route.recipient === null ? reaches(route.channel) : [route.recipient],
    level: data.level ?? joined?.level ?? null,
  };
}

function* decided(joined: Joined, interaction: Id | null, groups: ReadonlyMap<string, Group>): Generator<Region> {
  if (interaction === null || groups.size === 0) return;
  const list = [...groups.values()];
  const space = new FactSpace(
    joined.facts,
    list.flatMap(({ rules }) => rules.flatMap((side) => side.flatMap(({ condition }) => condition))),
  );
  const startedBy = joined.worlds.map((world) => world.interactions.get(interaction)?.startedBy ?? null);
  const described = new Map<string, readonly string[]>();
  for (const { purpose, rules, causes, limits, cells } of list) {
    const conditions = rules.flatMap((side) => side.flatMap(({ condition }) => condition));
    const contexts = startedBy.map((by) => space.context({ startedBy: by, purpose }, conditions));
    const [before, after] = rules.map((side, index) => decideCell(contexts[index]!, side)) as [
      CellDecision,
      CellDecision,
    ];
    const context = contexts[1]!;
    for (const [kind, node] of differences(space.diagrams, before, after)) {
      const where = withoutNever(joined, space, node);
      if (where === FALSE) continue;
      const key = `${context.key} ${where}`;
      const when = described.get(key) ?? describe(context, where);
      described.set(key, when);
      const deciding = kind === "duties" ? causes : causes.filter((path) => !limits.has(path));
      yield { kind, cells, context, where, when, causes: deciding };
    }
  }
}

/** More alternatives than these are not told apart in words. */
const mostEntries = 12;

function describe(context: Context, where: Node): readonly string[] {
  const { entries, complete } = describeRegion(context, where, mostEntries);
  return complete ? entries : [...entries, "…"];
}

function* differences(diagrams: Diagrams, before: CellDecision, after: CellDecision): Generator<readonly [Kind, Node]> {
  yield ["widened", diagrams.and(after.allowed, before.denied)];
  yield ["narrowed", diagrams.and(before.allowed, after.denied)];
  const both = diagrams.and(before.allowed, after.allowed);
  if (both === FALSE) return;
  const [one, other] = [before, after].map((cell) => bindings(diagrams, cell)) as [Bindings, Bindings];
  const otherwise = [...new Set([...one.keys(), ...other.keys()])].map((key) => {
    const [a, b] = [one.get(key) ?? FALSE, other.get(key) ?? FALSE];
    return a === b ? FALSE : diagrams.or(diagrams.and(a, diagrams.not(b)), diagrams.and(b, diagrams.not(a)));
  });
  yield ["duties", diagrams.and(both, diagrams.any(otherwise))];
}

/** What binds, as a decision says it, and where. */
type Bindings = ReadonlyMap<string, Node>;

function bindings(diagrams: Diagrams, cell: CellDecision): Bindings {
  return new Map([
    ...dutiesOf(diagrams, cell).map(({ what, where }) => [JSON.stringify([what.name, what.arguments]), where] as const),
    ...limitsOf(diagrams, cell).map(({ what, where }) => [canonical([what.path, what.limit]), where] as const),
  ]);
}

function withoutNever({ never }: Joined, space: FactSpace, node: Node): Node {
  const variable = never === null ? undefined : space.variableOf(never);
  return variable === undefined ? node : space.diagrams.restrict(node, variable.index, 0);
}
