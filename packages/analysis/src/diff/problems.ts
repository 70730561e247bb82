import { type Act, type Bearing, type Expr, type Id, type Interaction, requestNames } from "@scruple/model";
import type { CellRule } from "../cell.ts";
import { mentionsOfAll } from "../personal.ts";
import { type Bits, members } from "./bits.ts";
import type { Joined } from "./join-models.ts";
import { isSameContent } from "./same-content.ts";
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
  readonly unchanged: readonly CellRule[];
  /** Rules of the first model, and of the second, that the other has not or has otherwise. */
  readonly changed: readonly [readonly CellRule[], readonly CellRule[]];
  /** Equal where the changes are, whatever the rules say that are not changed. */
  readonly change: string;
  /** Paths of what one model has and the other has not, or otherwise. */
  readonly causes: readonly string[];
  /** Of the causes, those that only limit. */
  readonly limits: ReadonlySet<string>;
  readonly cells: StaticCell[];
}

export function problemsOf(joined: Joined, space: StaticSpace): readonly Problem[] {
  const finder = new ProblemFinder(joined, space);
  for (const { cell, selecting, selected } of space.cells()) finder.add(cell, selecting, selected);
  return finder.problems;
}

/** What the rules of a cell say. */
interface Rules {
  readonly unchanged: readonly Said[];
  readonly changed: readonly [readonly Said[], readonly Said[]];
  /** The interaction, where it is its declaration that changed. */
  readonly cause: string;
}

/** Whether conditions ask for consents or objections: to nothing, to the request's own purpose alone, or to others. */
type Asks = "nothing" | "own" | "others";

class ProblemFinder {
  private readonly joined: Joined;
  private readonly space: StaticSpace;
  private readonly nameable: ReadonlySet<Id>;
  private readonly byKey = new Map<string, Problem>();
  private readonly ids = new Ids();
  private readonly rules: readonly [Map<string, Said>, Map<string, Said>] = [new Map(), new Map()];
  private readonly own = new Map<readonly number[], readonly number[]>();
  private selecting: Selecting | null = null;
  /** Of the interaction and the operation at hand, by the rule's place and the exceptions that select. */
  private here: readonly [Map<string, Said>[], Map<string, Said>[]] = [[], []];

  constructor(joined: Joined, space: StaticSpace) {
    this.joined = joined;
    this.space = space;
    this.nameable = new Set(requestNames(joined.facts.model).purposes.values());
  }

  get problems(): readonly Problem[] {
    return [...this.byKey.values()];
  }

  add(cell: StaticCell, selecting: Selecting, selected: Bits): void {
    if (this.selecting !== selecting) {
      this.selecting = selecting;
      this.here = [[], []];
    }
    const { declared } = selecting;
    const rules = this.rulesOn(cell, selecting, selected);
    const { unchanged, changed, cause } = rules;
    const said = [unchanged, ...changed];
    const asks = askedBy(said);
    const startedBy = [declared[0]?.startedBy ?? null, declared[1]?.startedBy ?? null] as const;
    const start = said.some((list) => list.some(({ asksStart }) => asksStart)) ? startedBy.join() : "";
    const change = `${cell.inBounds.join()} ${start} ${cause} ${idsOf(changed[0])} ${idsOf(changed[1])}`;
    const fixed = unchanged.map(({ decides }) => decides);
    if (changed.some((list) => list.some(({ duties }) => duties.length > 0)))
      for (const { duties, binds } of unchanged) if (duties.length > 0) fixed.push(binds);
    const key = `${change} / ${sortedIds(fixed)}`;
    for (const [occasion, purposes] of this.occasions(asks, cell.purposes)) {
      const its = purposes === cell.purposes ? cell : { ...cell, purposes };
      const known = this.byKey.get(`${key} ${occasion}`);
      if (known !== undefined) known.cells.push(its);
      else this.byKey.set(`${key} ${occasion}`, this.problem(its, rules, startedBy, `${change} ${occasion}`));
    }
  }

  private problem(cell: StaticCell, rules: Rules, startedBy: Problem["startedBy"], change: string): Problem {
    const { unchanged, changed, cause } = rules;
    const others = changed.flat().map(({ rule }) => rule.rule);
    const deciding = new Set(others.filter(({ limit }) => limit === null).map(({ path }) => path));
    const paths = cause === "" ? others.map(({ path }) => path) : [cause, ...others.map(({ path }) => path)];
    return {
      ...{ startedBy, change, inBounds: cell.inBounds, cells: [cell] },
      purpose: this.space.places.purposes[cell.purposes[0]!]!,
      unchanged: unchanged.map(({ rule }) => rule),
      changed: [changed[0].map(({ rule }) => rule), changed[1].map(({ rule }) => rule)],
      causes: [...new Set(paths)].sort(),
      limits: new Set(others.map(({ path }) => path).filter((path) => !deciding.has(path))),
    };
  }

  /** Purposes that consents and objections have the same to do with. */
  private occasions(asks: Asks, purposes: readonly number[]): readonly (readonly [string, readonly number[]])[] {
    if (asks === "nothing") return [["", purposes]];
    const own = asks === "own" ? this.nameableOf(purposes) : [];
    if (own.length === purposes.length) return [["own", own]];
    const others = purposes.filter((index) => !own.includes(index));
    return [
      ...(own.length > 0 ? [["own", own] as const] : []),
      ...others.map((index) => [this.space.places.purposes[index]!, [index]] as const),
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

  private rulesOn(cell: StaticCell, selecting: Selecting, selected: Bits): Rules {
    const { declared, items } = selecting;
    const { inBounds } = cell;
    const isOneSided = inBounds[0] !== inBounds[1];
    const [before, after] = declared;
    const isAlike = before?.startedBy === after?.startedBy && before?.until === after?.until;
    const unchanged: Said[] = [];
    const changed: [Said[], Said[]] = [[], []];
    let cause = isOneSided && isBoundOtherwise(declared) ? nameOf(declared) : "";
    const indices = members(selected);
    for (let next = 0; next < indices.length; ) {
      const root = indices[next++]!;
      const { item, tree } = items[root]!;
      if (!item.isRule) continue;
      let exceptions = "";
      for (; next < indices.length && items[indices[next]!]!.tree === tree; next++)
        exceptions += `${indices[next]! - root},`;
      const said = (side: 0 | 1) =>
        inBounds[side] && isAsked(tree, side, selecting) ? this.said(side, root, exceptions, cell, selecting) : null;
      const now = said(1);
      const then = isAlike && tree.sides === "both" && !isOneSided ? now : said(0);
      const only = now ?? then;
      if (only === null) continue;
      const isSame = isOneSided
        ? tree.sides === "both" || declared.includes(undefined) || only.rule.rule.effect === "deny"
        : then?.id === now?.id && !(only.asksStart && before?.startedBy !== after?.startedBy);
      if (isSame) {
        unchanged.push(only);
        continue;
      }
      if (then !== null) changed[0].push(then);
      if (now !== null) changed[1].push(now);
      if (tree.sides === "both") cause = nameOf(declared);
    }
    return { unchanged, changed, cause };
  }

  /** What a rule says in a cell, by which of its exceptions select it. */
  private said(side: 0 | 1, root: number, exceptions: string, cell: StaticCell, { items, declared }: Selecting): Said {
    const { tree } = items[root]!;
    const pair = tree.keeps !== null && cell.with !== null ? ` ${cell.data[0]}+${cell.with[0]}` : "";
    this.here[side][root] ??= new Map();
    const here = this.here[side][root];
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
    return this.ids.said(this.joined, bearing, bearing.condition(act));
  }
}

/** A rule with its condition, and numbers that are equal where they say the same. */
interface Said {
  readonly rule: CellRule;
  readonly id: number;
  /** Equal where the same is allowed or denied. */
  readonly decides: number;
  /** Equal where the same duties bind. */
  readonly binds: number;
  readonly duties: readonly string[];
  readonly asks: Asks;
  /** Whether it depends on who started the interaction. */
  readonly asksStart: boolean;
}

class Ids {
  private readonly byText = new Map<string, number>();

  said({ facts }: Joined, rule: Bearing, condition: readonly Expr[]): Said {
    const { path, effect, limit } = rule;
    const conditionId = this.of(JSON.stringify(condition));
    const duties = rule.duties.map(({ name, arguments: given }) => JSON.stringify([name, given]));
    const mentions = [...mentionsOfAll(facts, condition).values()];
    const personal = mentions.filter(({ kind }) => kind !== "outbound");
    return {
      rule: { rule, condition },
      id: this.of(JSON.stringify([path, effect, limit, duties, conditionId])),
      decides: limit === null ? this.of(`${effect} ${conditionId}`) : -1,
      binds: this.of(`binds ${duties.join()} ${conditionId}`),
      duties,
      asks: personal.length === 0 ? "nothing" : personal.every(({ purpose }) => purpose === null) ? "own" : "others",
      asksStart: mentions.length > personal.length,
    };
  }

  private of(text: string): number {
    const known = this.byText.get(text) ?? this.byText.size;
    this.byText.set(text, known);
    return known;
  }
}

function askedBy(rules: readonly (readonly Said[])[]): Asks {
  let most: Asks = "nothing";
  for (const list of rules) {
    for (const { asks } of list) {
      if (asks === "others") return "others";
      if (asks === "own") most = "own";
    }
  }
  return most;
}

function idsOf(list: readonly Said[]): string {
  return sortedIds(list.map(({ id }) => id));
}
/** Without repetition. */
function sortedIds(ids: readonly number[]): string {
  let text = "";
  let last = Number.NaN;
  for (const id of Int32Array.from(ids).sort()) {
    if (id !== last) text += `${id},`;
    last = id;
  }
  return text;
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

/** Quiet hours may be for interactions alone that the customer does not start. */
function isAsked({ sides, outboundOnly }: Tree, side: 0 | 1, { declared }: Selecting): boolean {
  return (sides === "both" || sides === side) && !(outboundOnly && declared[side]?.startedBy === "customer");
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
