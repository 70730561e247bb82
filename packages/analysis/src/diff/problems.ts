import { type Act, type Expr, type Id, type Interaction, requestNames } from "@scruple/model";
import { type Bits, members } from "./bits.ts";
import type { Joined } from "./join-models.ts";
import { type Asks, type Said, Sayings } from "./said.ts";
import { isSameContent } from "./same-content.ts";
import { Sequences } from "./sequences.ts";
import type { Tree } from "./shared-trees.ts";
import { firstOf, type Selecting, type Sides, type StaticCell, type StaticSpace } from "./static-cells.ts";

type StartedBy = Interaction["startedBy"];

/**
 * What two models say of some cells, on the facts alone: the conditions of rules that say the same in both, and of those that do not.
 * Cells of many interactions may come to one problem.
 */
export interface Problem {
  /** The first of its purposes; for the others it comes to the same. */
  readonly purpose: Id;
  readonly startedBy: readonly [StartedBy, StartedBy];
  readonly inBounds: Sides;
  readonly unchanged: readonly Said[];
  /** Rules of the first model, and of the second, that the other has not or has otherwise. */
  readonly changed: readonly [readonly Said[], readonly Said[]];
  /** The name of the interaction, where it is its declaration that changed; else empty. */
  readonly cause: string;
  /** Equal where the changes are, whatever the rules say that are not changed. */
  readonly change: number;
  /** The interaction that all its cells are of, because rules of its own or its declaration changed; else null. */
  readonly interaction: Id | null;
  readonly cells: StaticCell[];
}

export function problemsOf(joined: Joined, space: StaticSpace): readonly Problem[] {
  const finder = new ProblemFinder(joined, space);
  for (const { cell, selecting, selected } of space.cells()) finder.add(cell, selecting, selected);
  return finder.problems;
}

/** Paths of what one model has and the other has not, or otherwise; without those that only limit, where it is asked what decides. */
export function causesOf({ changed, cause }: Problem, what: "decides" | "binds"): readonly string[] {
  const others = changed.flat().map(({ rule }) => rule.rule);
  const deciding = what === "binds" ? others : others.filter(({ limit }) => limit === null);
  const paths = new Set(deciding.map(({ path }) => path));
  if (cause !== "") paths.add(cause);
  return [...paths].sort();
}

export function conditionsIn({ unchanged, changed }: Problem): readonly Expr[] {
  return [unchanged, ...changed].flatMap((rules) => rules.flatMap(({ rule }) => rule.condition));
}

/** What the rules of a cell say. */
type Rules = Pick<Problem, "unchanged" | "changed" | "cause" | "interaction">;

/** In keys, in the place of a purpose. */
const anyPurpose = -2;
const ownPurpose = -3;

class ProblemFinder {
  readonly problems: Problem[] = [];
  private readonly joined: Joined;
  private readonly space: StaticSpace;
  private readonly nameable: ReadonlySet<Id>;
  private readonly sayings: Sayings;
  private readonly rules: readonly [Map<string, Said>, Map<string, Said>] = [new Map(), new Map()];
  private readonly own = new Map<readonly number[], readonly number[]>();
  private readonly changes = new Sequences();
  private readonly keys = new Sequences();
  private selecting: Selecting | null = null;
  private selectingRules: readonly SelectingRule[] = [];

  constructor(joined: Joined, space: StaticSpace) {
    this.joined = joined;
    this.space = space;
    this.sayings = new Sayings(joined.facts);
    this.nameable = new Set(requestNames(joined.facts.model).purposes.values());
  }

  add(cell: StaticCell, selecting: Selecting, selected: Bits): void {
    if (this.selecting !== selecting) this.begin(selecting);
    const rules = this.rulesOn(cell, selecting, selected);
    if (rules === null) return;
    const { unchanged, changed, cause } = rules;
    const { declared } = selecting;
    const startedBy = [declared[0]?.startedBy ?? null, declared[1]?.startedBy ?? null] as const;
    const [here, there] = changed;
    let [asks, asksStart]: [Asks, boolean] = ["nothing", false];
    for (const list of [unchanged, here, there]) {
      for (const one of list) {
        asksStart ||= one.asksStart;
        if (one.asks !== "nothing" && asks !== "others") asks = one.asks;
      }
    }
    const start = asksStart ? this.sayings.numberOf(startedBy.join()) : -1;
    const bounds = Number(cell.inBounds[0]) * 2 + Number(cell.inBounds[1]);
    const fixed = unchanged.map(({ decides }) => decides);
    if (here.some(hasDuties) || there.some(hasDuties))
      for (const one of unchanged) if (hasDuties(one)) fixed.push(one.binds);
    for (const [occasion, purposes] of this.occasions(asks, cell.purposes)) {
      const its = purposes === cell.purposes ? cell : { ...cell, purposes };
      const change = this.changes
        .begin()
        .add(bounds)
        .add(start)
        .add(this.sayings.numberOf(cause))
        .add(occasion)
        .addSet(here.map(idOf))
        .addSet(there.map(idOf))
        .id();
      const key = this.keys.begin().add(change).addSet(fixed).id();
      const known = this.problems[key];
      if (known !== undefined) known.cells.push(its);
      else {
        const purpose = this.space.places.purposes[its.purposes[0]!]!;
        this.problems[key] = { ...rules, startedBy, change, purpose, inBounds: its.inBounds, cells: [its] };
      }
    }
  }

  private begin(selecting: Selecting): void {
    this.selecting = selecting;
    this.selectingRules = rulesIn(selecting);
  }

  /** Purposes that consents and objections have the same to do with. */
  private occasions(asks: Asks, purposes: readonly number[]): readonly (readonly [number, readonly number[]])[] {
    if (asks === "nothing") return [[anyPurpose, purposes]];
    const own = asks === "own" ? this.nameableOf(purposes) : [];
    if (own.length === purposes.length) return [[ownPurpose, own]];
    const others = purposes.filter((index) => !own.includes(index));
    return [
      ...(own.length > 0 ? [[ownPurpose, own] as const] : []),
      ...others.map((index) => [index, [index]] as const),
    ];
  }

  /** One list for one list, and the same where it has them all. */
  private nameableOf(purposes: readonly number[]): readonly number[] {
    const known = this.own.get(purposes);
    if (known !== undefined) return known;
    const own = purposes.filter((index) => this.nameable.has(this.space.places.purposes[index]!));
    const list = own.length === purposes.length ? purposes : own;
    this.own.set(purposes, list);
    return list;
  }

  /** Null where both models deny, or decide the same, whatever the facts are. */
  private rulesOn(cell: StaticCell, { declared, items }: Selecting, selected: Bits): Rules | null {
    const { inBounds } = cell;
    const isOneSided = inBounds[0] !== inBounds[1];
    const [before, after] = declared;
    const isAlike = before?.startedBy === after?.startedBy && before?.until === after?.until;
    const unchanged: Said[] = [];
    const changed: [Said[], Said[]] = [[], []];
    let cause = isOneSided && isBoundOtherwise(declared) ? nameOf(declared) : "";
    let isLocal = cause !== "";
    let allows = false;
    const indices = members(selected);
    for (let next = 0; next < indices.length; ) {
      const root = indices[next++]!;
      const { item, tree } = items[root]!;
      if (!item.isRule) continue;
      let exceptions = "";
      for (; next < indices.length && items[indices[next]!]!.tree === tree; next++)
        exceptions += `${indices[next]! - root},`;
      const rule = this.selectingRules[root]!;
      const said = (side: 0 | 1) =>
        inBounds[side] && rule.isAsked[side] ? this.said(side, rule, exceptions, cell, declared) : null;
      const now = said(1);
      const then = isAlike && tree.sides === "both" && !isOneSided ? now : said(0);
      const only = now ?? then;
      if (only === null) continue;
      allows ||= only.rule.rule.effect === "allow";
      const isSame = isOneSided
        ? tree.sides === "both" || declared.includes(undefined) || only.rule.rule.effect === "deny"
        : then?.id === now?.id && !(only.asksStart && before?.startedBy !== after?.startedBy);
      if (isSame) {
        if (only.deniesAlways) return null;
        unchanged.push(only);
        continue;
      }
      if (then !== null) changed[0].push(then);
      if (now !== null) changed[1].push(now);
      if (tree.sides === "both") cause = nameOf(declared);
      isLocal ||= tree.interaction !== null || tree.sides === "both";
    }
    if (!allows || (!isOneSided && before?.startedBy === after?.startedBy && isSameTogether(changed))) return null;
    if (!isOneSided && changed[0].length + changed[1].length === 0) return null;
    return { unchanged, changed, cause, interaction: isLocal ? cell.interaction : null };
  }

  /** What a rule says in a cell, by which of its exceptions select it. */
  private said(
    side: 0 | 1,
    { tree, known: all }: SelectingRule,
    exceptions: string,
    cell: StaticCell,
    declared: Selecting["declared"],
  ): Said {
    const here = all[side];
    const pair = tree.keeps !== null && cell.with !== null ? ` ${cell.data[0]}+${cell.with[0]}` : "";
    const known = here.get(exceptions + pair);
    if (known !== undefined) return known;
    const key = `${tree.path} ${exceptions}${pair} ${declared[side]?.until ?? ""}`;
    const said = this.rules[side].get(key) ?? this.fresh(side, tree, cell);
    this.rules[side].set(key, said);
    here.set(exceptions + pair, said);
    return said;
  }

  private fresh(side: 0 | 1, { path }: Tree, cell: StaticCell): Said {
    const { channelOf } = this.joined.worlds[side];
    const bearing = this.joined.bearings[side].get(path)!;
    const act = actOf(cell, this.space, (channel) => channelOf.get(channel)?.reaches ?? []);
    return this.sayings.of(bearing, bearing.condition(act));
  }
}

/** Whether rules of the one decide and bind what rules of the other do, under other names. */
function isSameTogether([here, there]: Problem["changed"]): boolean {
  const numbers = (list: readonly Said[]) =>
    new Set(list.flatMap((one) => [one.decides, hasDuties(one) ? one.binds : -1]));
  const isLimit = ({ rule }: Said) => rule.rule.limit !== null;
  if (here.some(isLimit) || there.some(isLimit)) return false;
  const [a, b] = [numbers(here), numbers(there)];
  return a.size === b.size && [...a].every((one) => b.has(one));
}

function idOf({ id }: Said): number {
  return id;
}
function hasDuties({ rule }: Said): boolean {
  return rule.rule.duties.length > 0;
}

/** A rule of the interaction and the operation at hand. */
interface SelectingRule {
  readonly tree: Tree;
  /** For each model, whether it has it and asks it here. */
  readonly isAsked: Sides;
  /** For each model what it says, by the exceptions that select. */
  readonly known: readonly [Map<string, Said>, Map<string, Said>];
}

/** By the place of the rule among the items. */
function rulesIn({ items, declared }: Selecting): readonly SelectingRule[] {
  const rules: SelectingRule[] = [];
  for (const [index, { tree, item }] of items.entries()) {
    if (!item.isRule) continue;
    const isAsked: Sides = [isAskedBy(0, tree, declared), isAskedBy(1, tree, declared)];
    rules[index] = { tree, isAsked, known: [new Map(), new Map()] };
  }
  return rules;
}

/** Quiet hours may be for interactions alone that the customer does not start. */
function isAskedBy(side: 0 | 1, { sides, outboundOnly }: Tree, declared: Selecting["declared"]): boolean {
  return (sides === "both" || sides === side) && !(outboundOnly && declared[side]?.startedBy === "customer");
}

/** The first place of a cell, as rules are asked about it. */
function actOf(cell: StaticCell, { places }: StaticSpace, reaches: (channel: Id) => readonly Id[]): Act {
  const { data, with: joined, route, purpose } = firstOf(places, cell);
  return {
    interaction: cell.interaction,
    operation: cell.operation,
    field: data.field,
    with: joined?.field ?? null,
    purpose,
    channel: route.channel,
    recipients: route.recipient === null ? reaches(route.channel) : [route.recipient],
    level: data.level ?? joined?.level ?? null,
  };
}

/** As rule paths begin with it. */
function nameOf([before, after]: Selecting["declared"]): string {
  return (after ?? before)!.name;
}

/** Interactions that only one model has, or that are for something else. */
function isBoundOtherwise([before, after]: Selecting["declared"]): boolean {
  const bounds = (one: Interaction | undefined) => [one?.purposes, one?.channels];
  return !isSameContent(bounds(before), bounds(after));
}
