import {
  basisCondition,
  type Exception,
  type Expr,
  type ImpliedDenial,
  type Interaction,
  type Operation,
  opposite,
  pieceAges,
  plainAct,
  type Reading,
  type Rule,
  type Selector,
  selectsOperation,
} from "@scruple/model";
import type { DataPlaces, PlaceSet, Places } from "./places.ts";

/**
 * A rule, an implied denial or an exception, with what it selects in each dimension. A rule stands before its exceptions
 * in every list, and an exception is only ever asked where what it is an exception to selects.
 */
export interface Item {
  readonly id: number;
  /** What the leaves name, counted within the diagram's rules. */
  readonly rule: number;
  readonly parent: Item | null;
  readonly children: Item[];
  readonly reading: Reading;
  /** Of a pair, the piece on which alone it can bear, if there is one; `alone`: on no pair. */
  readonly piece: "first" | "second" | "alone" | null;
  selectsOperation(operation: Operation): boolean;
  /** Null: selected by a list of its own, `denied`. */
  readonly data: DataPlaces | null;
  readonly with: DataPlaces | null;
  denied(operation: Operation): PlaceSet | null;
  readonly purposes: PlaceSet;
  readonly channels: PlaceSet;
  readonly reaches: PlaceSet;
  /** Parts of its condition that hold whatever selects it. */
  readonly condition: readonly Expr[];
  /** An allow counts only until the interaction's last day, which is the interaction's to say. */
  readonly untilInteraction: boolean;
}

/** Makes items; ids follow each other, so that lists of them are lists of increasing numbers. */
export class ItemMaker {
  private readonly places: Places;
  private count = 0;

  constructor(places: Places) {
    this.places = places;
  }

  /** @param interaction That of the rule; null for one that holds in every interaction. */
  rule(rule: Rule, index: number, interaction: Interaction | null, untilInteraction: boolean): readonly Item[] {
    const reading: Reading = rule.effect === "allow" ? "narrow" : "wide";
    const ends = [rule.until, rule.effect === "allow" ? (interaction?.until ?? null) : null];
    const item = this.selector(rule, index, null, reading, [
      ...said(rule),
      ...ends.flatMap(notAfter),
      ...basisCondition(rule.basis),
    ]);
    const root: Item = {
      ...item,
      untilInteraction: untilInteraction && rule.effect === "allow",
      selectsOperation: (operation) => selectsOperation(rule.operations, operation, reading),
    };
    return [root, ...this.exceptions(rule.exceptions, index, root, opposite(reading))];
  }

  /** One item; or, where the condition asks for the age, one for each of the ages that there are. */
  denial(denial: ImpliedDenial, index: number): readonly Item[] {
    const condition = denial.condition(plainAct);
    if (condition.op !== "compare" || condition.fact !== "data.age")
      return [this.denialOf(denial, index, condition, null)];
    return [
      this.denialOf(denial, index, condition, "alone"),
      this.denialOf(denial, index, { ...condition, fact: pieceAges.data }, "first"),
      this.denialOf(denial, index, { ...condition, fact: pieceAges.with }, "second"),
    ];
  }

  private denialOf(denial: ImpliedDenial, index: number, condition: Expr, piece: Item["piece"]): Item {
    return {
      id: this.count++,
      rule: index,
      parent: null,
      children: [],
      reading: "wide",
      piece,
      selectsOperation: (operation) => denial.operations.includes(operation),
      data: null,
      with: null,
      denied: (operation) => this.places.denied(denial, operation),
      purposes: this.places.purposesBut(denial.exceptPurposes),
      channels: this.places.channelsIn(denial.channels),
      reaches: this.places.reaches(null, "wide"),
      condition: [condition],
      untilInteraction: false,
    };
  }

  private exceptions(exceptions: readonly Exception[], index: number, parent: Item, reading: Reading): readonly Item[] {
    return exceptions.flatMap((exception) => {
      const item = this.selector(exception, index, parent, reading, said(exception));
      parent.children.push(item);
      return [item, ...this.exceptions(exception.exceptions, index, item, opposite(reading))];
    });
  }

  private selector(
    selector: Selector,
    rule: number,
    parent: Item | null,
    reading: Reading,
    condition: readonly Expr[],
  ): Item {
    return {
      id: this.count++,
      rule,
      parent,
      children: [],
      reading,
      piece: null,
      selectsOperation: () => true,
      data: this.places.data(selector.data, selector.level, reading),
      with: selector.with === null ? null : this.places.data(selector.with, selector.level, reading),
      denied: () => null,
      purposes: this.places.purposes(selector.purposes, reading),
      channels: this.places.channels(selector.channels, reading),
      reaches: this.places.reaches(selector.recipients, reading),
      condition,
      untilInteraction: false,
    };
  }
}

function said({ when, unless }: Pick<Exception, "when" | "unless">): readonly Expr[] {
  return [...(when === null ? [] : [when]), ...(unless === null ? [] : [{ op: "not", operand: unless } as const])];
}

function notAfter(date: string | null): readonly Expr[] {
  return date === null ? [] : [{ op: "compare", operator: "<=", fact: "today", value: date }];
}

/**
 * Whether one piece of a pair is enough to be selected, whatever it is joined with: then the two are looked up one by one,
 * and pairs have not to be told apart.
 */
export function selectsEither(item: Item): boolean {
  if (item.data === null) return true;
  if (item.reading === "narrow" || item.with !== null) return false;
  return item.children.every(ignoresData);
}

function ignoresData(item: Item): boolean {
  return item.with === null && item.data?.fits.all === true && item.children.every(ignoresData);
}

/** Whether an item selects a pair of places. */
export function selectsPair({ data, with: joined, reading }: Item, one: number, other: number): boolean {
  if (data === null) return false;
  const narrow = reading === "narrow";
  const both = (a: PlaceSet, b: PlaceSet, x: number, y: number) =>
    narrow ? a.has[x] === 1 && b.has[y] === 1 : a.has[x] === 1 || b.has[y] === 1;
  if (joined === null) return both(data.fits, data.fits, one, other);
  const assigned = (x: number, y: number) =>
    data.selected.has[x] === 1 && joined.selected.has[y] === 1 && both(data.fits, joined.fits, x, y);
  return assigned(one, other) || assigned(other, one);
}
