import { type Act, type Id, type Interaction, requestNames } from "@scruple/model";
import type { Joined } from "./join-models.ts";
import { type Asks, hasDuties, type Said, Sayings } from "./said.ts";
import { isSameContent } from "./same-content.ts";
import type { Tree } from "./shared-trees.ts";
import { firstOf, type Selecting, type Sides, type StaticCell, type StaticSpace } from "./static-cells.ts";

/** What the rules of a cell say, in both models. */
export interface RulesOfCell {
  readonly unchanged: readonly Said[];
  /** Rules of the first model, and of the second, that the other has not or has otherwise. */
  readonly changed: readonly [readonly Said[], readonly Said[]];
  /** The name of the interaction, where it is its declaration that changed; else empty. */
  readonly cause: string;
}

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
  private readonly own = new Map<readonly number[], readonly number[]>();
  private selecting: Selecting | null = null;
  /** What was said since it was last asked for. */
  private met = new Set<Said>();
  /** Those of the interaction and the operation at hand, by their places among the items. */
  private here: readonly SelectingRule[] = [];

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
  occasions(asks: Asks, purposes: readonly number[]): readonly (readonly [number, readonly number[]])[] {
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

  /**
   * What the rules of a cell say; null where both models deny, or decide the same, whatever the facts are.
   *
   * @param indices Of the items that select it
   */
  on(cell: StaticCell, selecting: Selecting, indices: readonly number[]): RulesOfCell | null {
    if (this.selecting !== selecting) {
      this.selecting = selecting;
      this.here = this.rulesIn(selecting);
    }
    const { declared, items } = selecting;
    const { inBounds } = cell;
    const isOneSided = inBounds[0] !== inBounds[1];
    const [before, after] = declared;
    const isAlike = before?.startedBy === after?.startedBy && before?.until === after?.until;
    const unchanged: Said[] = [];
    const changed: [Said[], Said[]] = [[], []];
    let cause = isOneSided && isBoundOtherwise(declared) ? nameOf(declared) : "";
    let allows = false;
    for (let next = 0; next < indices.length; ) {
      const root = indices[next++]!;
      const { item, tree } = items[root]!;
      if (!item.isRule) continue;
      let exceptions = "";
      for (; next < indices.length && items[indices[next]!]!.tree === tree; next++)
        exceptions += `${indices[next]! - root},`;
      const rule = this.here[root]!;
      const said = (side: 0 | 1) =>
        inBounds[side] && rule.isAsked[side] ? this.said(side, rule, exceptions, cell) : null;
      const now = said(1);
      const then = isAlike && tree.isSame && !isOneSided ? now : said(0);
      const only = now ?? then;
      if (only === null) continue;
      allows ||= only.rule.rule.effect === "allow";
      const isSame = isOneSided
        ? tree.isSame || declared.includes(undefined) || only.rule.rule.effect === "deny"
        : then?.id === now?.id && !(only.asksStart && before?.startedBy !== after?.startedBy);
      if (isSame) {
        if (only.deniesAlways) return null;
        unchanged.push(only);
        continue;
      }
      if (then !== null) changed[0].push(then);
      if (now !== null) changed[1].push(now);
      if (tree.isSame) cause = nameOf(declared);
    }
    if (!allows || (!isOneSided && before?.startedBy === after?.startedBy && isSameTogether(changed))) return null;
    if (!isOneSided && changed[0].length + changed[1].length === 0) return null;
    return { unchanged, changed, cause };
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

/** Whether rules of the one decide and bind what rules of the other do, under other names. */
function isSameTogether([here, there]: RulesOfCell["changed"]): boolean {
  const isLimit = ({ rule }: Said) => rule.rule.limit !== null;
  const isAmong = (list: readonly Said[]) => (one: Said) =>
    list.some(
      (other) =>
        other.decides === one.decides && (hasDuties(one) || hasDuties(other) ? other.binds === one.binds : true),
    );
  return here.every(isAmong(there)) && there.every(isAmong(here)) && !here.some(isLimit) && !there.some(isLimit);
}

/** A rule of the interaction and the operation at hand. */
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
