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

/** The rules of a cell, before it is known for which of its purposes. */
interface Template extends Omit<Problem, "purpose" | "cells"> {
  readonly key: string;
  /** Whether conditions ask for consents or objections: to nothing, to the request's own purpose alone, or to others. */
  readonly asks: "nothing" | "own" | "others";
}

class ProblemFinder {
  private readonly joined: Joined;
  private readonly space: StaticSpace;
  private readonly nameable: ReadonlySet<Id>;
  private readonly byKey = new Map<string, Problem>();
  private readonly ids = new Ids();
  private readonly rules: readonly [Map<string, Said>, Map<string, Said>] = [new Map(), new Map()];
  private templates = new Map<string, Template>();
  private selecting: Selecting | null = null;

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
      this.templates = new Map();
    }
    const [first, second] = cell.inBounds;
    const pair = cell.with === null ? "" : `${cell.data[0]}+${cell.with[0]}`;
    const key = `${first} ${second} ${pair} ${selected.join()}`;
    const template = this.templates.get(key) ?? this.template(cell, selecting, selected);
    this.templates.set(key, template);
    for (const [occasion, purposes] of this.occasions(template, cell.purposes))
      this.place(template, occasion, { ...cell, purposes });
  }

  private place(template: Template, occasion: string, cell: StaticCell): void {
    const key = `${template.key} ${occasion}`;
    const known = this.byKey.get(key);
    if (known !== undefined) known.cells.push(cell);
    else {
      const purpose = this.space.places.purposes[cell.purposes[0]!]!;
      this.byKey.set(key, { ...template, change: `${template.change} ${occasion}`, purpose, cells: [cell] });
    }
  }

  /** Purposes that consents and objections have the same to do with. */
  private occasions(
    { asks }: Template,
    purposes: readonly number[],
  ): readonly (readonly [string, readonly number[]])[] {
    const { purposes: names } = this.space.places;
    if (asks === "nothing") return [["", purposes]];
    const own = asks === "own" ? purposes.filter((index) => this.nameable.has(names[index]!)) : [];
    const others = purposes.filter((index) => !own.includes(index));
    return [
      ...(own.length > 0 ? [["own", own] as const] : []),
      ...others.map((index) => [names[index]!, [index]] as const),
    ];
  }

  private template(cell: StaticCell, selecting: Selecting, selected: Bits): Template {
    const { declared } = selecting;
    const { inBounds } = cell;
    const startedBy = [declared[0]?.startedBy ?? null, declared[1]?.startedBy ?? null] as const;
    const unchanged: Said[] = [];
    const changed: [Said[], Said[]] = [[], []];
    const causes = new Set<string>();
    const isOneSided = inBounds[0] !== inBounds[1];
    for (const { tree, exceptions } of treesIn(selecting, selected)) {
      const [before, after] = ([0, 1] as const).map((side) =>
        inBounds[side] && isAsked(tree, side, selecting) ? this.said(side, tree, exceptions, cell, selecting) : null,
      ) as [Said | null, Said | null];
      const only = before ?? after;
      if (only === null) continue;
      const isSame = isOneSided
        ? tree.sides === "both" || declared.includes(undefined) || only.rule.rule.effect === "deny"
        : before?.id === after?.id && !(startedBy[0] !== startedBy[1] && only.asksStart);
      if (isSame) {
        unchanged.push(after ?? only);
        continue;
      }
      if (before !== null) changed[0].push(before);
      if (after !== null) changed[1].push(after);
      causes.add(tree.sides === "both" ? nameOf(declared) : tree.path);
    }
    const others = changed.flat();
    const limits = new Set(others.filter(({ rule }) => rule.rule.limit !== null).map(({ rule }) => rule.rule.path));
    for (const { rule } of others) if (rule.rule.limit === null) limits.delete(rule.rule.path);
    if (isOneSided && isBoundOtherwise(declared)) causes.add(nameOf(declared));
    const all = [...unchanged, ...others];
    const expressions = all.flatMap(({ rule }) => rule.condition);
    const mentions = [...mentionsOfAll(this.joined.facts, expressions).values()];
    const personal = mentions.filter(({ kind }) => kind !== "outbound");
    const start = mentions.length > personal.length ? startedBy.join() : "";
    const around = `${inBounds.join()} ${start} ${[...causes].sort().join()}`;
    const change = `${around} ${idsOf(changed[0])} ${idsOf(changed[1])}`;
    const binding = new Set(others.flatMap(({ duties }) => duties));
    const fixed = new Set(unchanged.map((one) => one.deciding + one.duties.filter((duty) => binding.has(duty)).join()));
    return {
      ...{ startedBy, inBounds, limits, change },
      key: `${change} / ${[...fixed].sort().join(" ")}`,
      asks: personal.length === 0 ? "nothing" : personal.every(({ purpose }) => purpose === null) ? "own" : "others",
      unchanged: unchanged.map(({ rule }) => rule),
      changed: [changed[0].map(({ rule }) => rule), changed[1].map(({ rule }) => rule)],
      causes: [...causes].sort(),
    };
  }

  /** What a rule says in a cell, by which of its exceptions select it. */
  private said(side: 0 | 1, tree: Tree, exceptions: string, cell: StaticCell, { declared }: Selecting): Said {
    const pair = tree.asksPair && cell.with !== null ? `${cell.data[0]}+${cell.with[0]}` : "";
    const until = declared[side]?.until ?? "";
    const key = `${tree.path} ${exceptions} ${pair} ${until}`;
    const known = this.rules[side].get(key);
    if (known !== undefined) return known;
    const bearing = this.joined.bearings[side].get(tree.path)!;
    const act = actOf(cell, this.space, (channel) => this.joined.worlds[side].channelOf.get(channel)?.reaches ?? []);
    const said = this.ids.said(this.joined, bearing, bearing.condition(act));
    this.rules[side].set(key, said);
    return said;
  }
}

/** A rule with its condition, and numbers that are equal where they say the same. */
interface Said {
  readonly rule: CellRule;
  readonly id: number;
  /** Equal where the same is allowed or denied. */
  readonly deciding: string;
  readonly duties: readonly string[];
  /** Whether it depends on who started the interaction. */
  readonly asksStart: boolean;
}

class Ids {
  private readonly byText = new Map<string, number>();

  said({ facts }: Joined, rule: Bearing, condition: readonly Expr[]): Said {
    const { path, effect, limit } = rule;
    const conditionId = this.of(JSON.stringify(condition));
    const duties = rule.duties.map(({ name, arguments: given }) => JSON.stringify([name, given]));
    const asksStart = [...mentionsOfAll(facts, condition).values()].some(({ kind }) => kind === "outbound");
    return {
      rule: { rule, condition },
      id: this.of(JSON.stringify([path, effect, limit, duties, conditionId])),
      deciding: limit === null ? `${effect === "allow" ? "+" : "-"}${conditionId}` : "",
      duties,
      asksStart,
    };
  }

  private of(text: string): number {
    const known = this.byText.get(text) ?? this.byText.size;
    this.byText.set(text, known);
    return known;
  }
}

function idsOf(list: readonly Said[]): string {
  return list
    .map(({ id }) => id)
    .sort((a, b) => a - b)
    .join();
}

/** Rules that select a cell, with those of their exceptions that do, by their places. */
function* treesIn(
  { items }: Selecting,
  selected: Bits,
): Generator<{ readonly tree: Tree; readonly exceptions: string }> {
  let tree: Tree | null = null;
  let start = 0;
  let exceptions = "";
  for (const index of members(selected)) {
    const { item, tree: its } = items[index]!;
    if (item.isRule) {
      if (tree !== null) yield { tree, exceptions };
      [tree, start, exceptions] = [its, index, ""];
    } else if (its === tree) exceptions += `${index - start},`;
  }
  if (tree !== null) yield { tree, exceptions };
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
