import { type Act, type Id, type Interaction, requestNames } from "@scruple/model";
import type { Joined } from "./join-models.ts";
import { type Asks, asksMore, hasDuties, type Said, Sayings } from "./said.ts";
import { isSameContent } from "./same-content.ts";
import type { Tree } from "./shared-trees.ts";
import { firstOf, type Selecting, type Sides, type StaticCell, type StaticSpace } from "./static-cells.ts";

/** What rules say in a cell, in both models. */
export interface RulesOfCell {
  readonly unchanged: readonly Said[];
  /** Rules of the first model, and of the second, that the other has not or has otherwise. */
  readonly changed: readonly [readonly Said[], readonly Said[]];
  /** The name of the interaction, where it is its declaration that changed; else empty. */
  readonly cause: string;
}

/** What all the rules of a cell say. */
export interface CellSays {
  /** Equal for cells of one interaction in which the same is said. */
  readonly id: number;
  /** What the interaction's own rules say, and what those do that bear on all: each is one object wherever it is the same. */
  readonly own: RulesOfCell;
  readonly others: RulesOfCell;
  readonly asks: Asks;
}

interface Part extends RulesOfCell {
  readonly asks: Asks;
  readonly allows: boolean;
  /** Nothing changed in it. */
  readonly isSame: boolean;
  /** It denies, in both models, whatever the facts are. */
  readonly denies: boolean;
}

/** Purposes that come to the same, behind a number that says which. */
type Occasion = readonly [number, readonly number[]];

/** In the place of a purpose: it does not matter; or it does as the request's own alone. */
const anyPurpose = -2;
const ownPurpose = -3;

/** Reads what rules say in cells. */
export class CellRules {
  private readonly joined: Joined;
  private readonly space: StaticSpace;
  private readonly nameable: ReadonlySet<Id>;
  private readonly sayings: Sayings;
  private readonly rules = new Map<Tree, Map<string, SelectingRule["known"]>>();
  /** What was said since it was last asked for. */
  private met = new Set<Said>();
  private selecting: Selecting | null = null;
  /** Those of the interaction at hand, by their places among the items. */
  private here: readonly SelectingRule[] = [];
  private count = 0;
  /** Cells of one interaction, or of one pair of classes of data, in which the same set says the same. */
  private alike: Selecting | StaticCell["with"] = null;
  private says: (CellSays | null | undefined)[] = [];
  private parts: (Part | undefined)[] = [];
  private readonly byPurposes = new Map<readonly number[], Map<Asks, readonly Occasion[]>>();

  constructor(joined: Joined, space: StaticSpace) {
    this.joined = joined;
    this.space = space;
    this.sayings = new Sayings(joined.facts);
    this.nameable = new Set(requestNames(joined.facts.model).purposes.values());
  }

  /** All that was said in the cells that were read since this was last called. */
  takeMet(): ReadonlySet<Said> {
    const { met } = this;
    this.met = new Set();
    return met;
  }

  /** Purposes that consents and objections have the same to do with, each time behind a number that says which. */
  occasions(asks: Asks, purposes: readonly number[]): readonly Occasion[] {
    const byAsks = this.byPurposes.get(purposes) ?? new Map<Asks, readonly Occasion[]>();
    this.byPurposes.set(purposes, byAsks);
    const occasions = byAsks.get(asks) ?? this.findOccasions(asks, purposes);
    byAsks.set(asks, occasions);
    return occasions;
  }
  private findOccasions(asks: Asks, purposes: readonly number[]): readonly Occasion[] {
    if (asks === "nothing") return [[anyPurpose, purposes]];
    const isOwn = (index: number) => asks === "own" && this.nameable.has(this.space.places.purposes[index]!);
    const own = purposes.filter(isOwn);
    if (own.length === purposes.length) return [[ownPurpose, purposes]];
    const others = purposes.filter((index) => !isOwn(index));
    return [
      ...(own.length > 0 ? [[ownPurpose, own] as const] : []),
      ...others.map((index) => [index, [index]] as const),
    ];
  }

  /** What the rules of a cell say; null where both models deny, or decide the same, whatever the facts are. */
  on(cell: StaticCell, selecting: Selecting): CellSays | null {
    if (this.selecting !== selecting) {
      this.selecting = selecting;
      this.here = this.rulesIn(selecting);
      this.byPurposes.clear();
      this.count = 0;
    }
    const alike = cell.with ?? selecting;
    if (this.alike !== alike) {
      this.alike = alike;
      this.says = [];
      this.parts = [];
    }
    let says = this.says[cell.set];
    if (says === undefined) {
      says = this.read(cell, selecting);
      this.says[cell.set] = says;
    }
    return says;
  }

  private read(cell: StaticCell, selecting: Selecting): CellSays | null {
    const own = this.part(cell, selecting, selecting.own);
    if (own.denies) return null;
    const others = this.part(cell, selecting, selecting.others);
    if (others.denies || !(own.allows || others.allows)) return null;
    if (cell.inBounds[0] === cell.inBounds[1]) {
      if (own.isSame && others.isSame) return null;
      const [before, after] = selecting.declared;
      if (before?.startedBy === after?.startedBy && isSameTogether([own, others])) return null;
    }
    return { id: this.count++, own, others, asks: asksMore(own.asks, others.asks) };
  }

  private part(cell: StaticCell, selecting: Selecting, which: number): Part {
    const set = selecting.sets.both(cell.set, which);
    this.parts[set] ??= this.readPart(cell, selecting, [...selecting.sets.members(set)]);
    return this.parts[set];
  }

  /** @param numbers Those of items, then of what lies in bounds */
  private readPart(cell: StaticCell, { declared, items }: Selecting, numbers: readonly number[]): Part {
    const { inBounds } = cell;
    const isOneSided = inBounds[0] !== inBounds[1];
    const [before, after] = declared;
    const isAlike = before?.startedBy === after?.startedBy && before?.until === after?.until;
    const unchanged: Said[] = [];
    const changed: [Said[], Said[]] = [[], []];
    let cause = isOneSided && isBoundOtherwise(declared) ? nameOf(declared) : "";
    let asks: Asks = "nothing";
    let [allows, denies] = [false, false];
    for (let next = 0; next < numbers.length && !denies; ) {
      const root = numbers[next++]!;
      if (root >= items.length) break;
      const { tree } = items[root]!;
      let exceptions = "";
      for (; next < numbers.length && items[numbers[next]!]?.tree === tree; next++)
        exceptions += `${numbers[next]! - root},`;
      const rule = this.here[root]!;
      const said = (side: 0 | 1) =>
        inBounds[side] && rule.isAsked[side] ? this.said(side, rule, exceptions, cell) : null;
      const now = said(1);
      const then = isAlike && tree.isSame && !isOneSided ? now : said(0);
      const only = now ?? then;
      if (only === null) continue;
      allows ||= only.rule.rule.effect === "allow";
      if (now !== null) asks = asksMore(asks, now.asks);
      if (then !== null) asks = asksMore(asks, then.asks);
      // What is the same is asked as in the second model, which may be started by another, or not be there.
      const isAskedAlike = !only.asksStart || before?.startedBy === after?.startedBy;
      const isSame =
        isAskedAlike &&
        (isOneSided
          ? tree.isSame || declared.includes(undefined) || only.rule.rule.effect === "deny"
          : then?.id === now?.id);
      if (isSame) {
        denies ||= only.deniesAlways;
        unchanged.push(only);
        continue;
      }
      if (then !== null) changed[0].push(then);
      if (now !== null) changed[1].push(now);
      if (tree.isSame) cause = nameOf(declared);
    }
    const isSame = changed[0].length === 0 && changed[1].length === 0;
    return { unchanged, changed, cause, asks, allows, isSame, denies };
  }

  /** What a rule says in a cell, by which of its exceptions select it. */
  private said(side: 0 | 1, { tree, known }: SelectingRule, exceptions: string, cell: StaticCell): Said {
    const isOfPair = tree.keeps !== null && cell.with !== null;
    const key = isOfPair ? `${exceptions} ${cell.data[0]}+${cell.with![0]}` : exceptions;
    let said = known[side].get(key);
    if (said === undefined) {
      said = this.fresh(side, tree, cell);
      known[side].set(key, said);
    }
    this.met.add(said);
    return said;
  }

  /** By the place of the rule among the items. Rules outside interactions say the same in all that end on the same day. */
  private rulesIn({ items, declared }: Selecting): readonly SelectingRule[] {
    const untils = `${declared[0]?.until} ${declared[1]?.until}`;
    const rules: SelectingRule[] = [];
    for (const [index, { tree, item }] of items.entries()) {
      if (!item.isRule) continue;
      const isAsked: Sides = [isAskedBy(0, tree, declared), isAskedBy(1, tree, declared)];
      const byUntils = this.rules.get(tree) ?? new Map<string, SelectingRule["known"]>();
      const known = byUntils.get(untils) ?? [new Map<string, Said>(), new Map<string, Said>()];
      this.rules.set(tree, byUntils.set(untils, known));
      rules[index] = { tree, isAsked, known };
    }
    return rules;
  }

  private fresh(side: 0 | 1, { path }: Tree, cell: StaticCell): Said {
    const { channelOf } = this.joined.worlds[side];
    const bearing = this.joined.bearings[side].get(path)!;
    const act = actOf(cell, this.space, (channel) => channelOf.get(channel)?.reaches ?? []);
    return this.sayings.of(bearing, bearing.condition(act));
  }
}

/** Whether rules of the one model decide and bind what rules of the other do, under other names. */
function isSameTogether(parts: readonly RulesOfCell[]): boolean {
  const isLimit = ({ rule }: Said) => rule.rule.limit !== null;
  const isAmong = (one: Said, side: 0 | 1) =>
    parts.some(({ changed }) =>
      changed[side].some(
        (other) =>
          other.decides === one.decides && (hasDuties(one) || hasDuties(other) ? other.binds === one.binds : true),
      ),
    );
  return parts.every(
    ({ changed: [here, there] }) =>
      here.every((one) => !isLimit(one) && isAmong(one, 1)) && there.every((one) => !isLimit(one) && isAmong(one, 0)),
  );
}

/** What all the rules of a cell say, as one. */
export function asOne({ own, others }: CellSays): RulesOfCell {
  const [here, there] = [own.changed, others.changed];
  return {
    unchanged: [...own.unchanged, ...others.unchanged],
    changed: [
      [...here[0], ...there[0]],
      [...here[1], ...there[1]],
    ],
    cause: own.cause || others.cause,
  };
}

/** A rule of the interaction at hand. */
interface SelectingRule {
  readonly tree: Tree;
  /** For each model, whether it has it and asks it here. */
  readonly isAsked: Sides;
  /** For each model what it says, by the exceptions that select. */
  readonly known: readonly [Map<string, Said>, Map<string, Said>];
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
    level: places.levels.askedFor(data, joined) ?? null,
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
