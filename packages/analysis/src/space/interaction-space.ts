import type { Act, Expr, Id, World } from "@scruple/model";
import { type CellDecision, decideCell, type RuleDiagrams } from "../cell.ts";
import { atomsOf, atomText } from "../conditions.ts";
import type { Context } from "../context.ts";
import type { Diagrams } from "../diagrams.ts";
import { FactSpace } from "../fact-space.ts";
import { FALSE, type Node } from "../node-store.ts";
import { mentionsOf, mentionsOfAll, namesPurpose } from "../personal.ts";
import { TooLargeError } from "../too-large-error.ts";
import type { SelectingRule } from "./cell.ts";
import type { CellOf } from "./cell-of.ts";
import type { InteractionPartition } from "./interaction-partition.ts";
import { notAfter } from "./items.ts";
import type { Partition } from "./partition.ts";
import { ofPiece } from "./piece-age.ts";
import { Reading } from "./reading.ts";

/** How a cell is decided; the diagrams belong to the space of facts. */
export interface DecidedCell {
  readonly cell: CellOf;
  readonly facts: FactSpace;
  readonly decision: CellDecision;
  /** What the diagrams mean for the cell's purpose: to write facts as in a request, and to ask more. */
  readonly context: Context;
}

export interface HiddenWhere {
  readonly context: Context;
  readonly decision: CellDecision;
  readonly hidden: Node;
}

export interface AllowedWhere {
  readonly diagrams: Diagrams;
  /** The variables that say how old the data is. */
  readonly ages: readonly number[];
  readonly allowed: Node;
}

export interface SpaceLimits {
  /** How many nodes the diagrams of one space of facts may take together. */
  readonly limit?: number;
}

/** After so many cells that were too much, those that do not fit in one space of facts together with others are not tried alone. */
const mostTries = 4;

/** A space of facts, and what cells come to in its contexts. */
interface Facts {
  readonly space: FactSpace;
  /** By what is asked besides, and then by purpose. */
  readonly readings: Map<Id | null, Reading>[];
  readonly contexts: Map<string, Context>;
}

/**
 * Every request that one interaction can be asked, in cells, and how each is decided. One space of facts, of what bears on the
 * interaction and nothing else, serves all its cells; a cell with which it would be full gets one of its own.
 */
export class InteractionSpace {
  readonly world: World;
  readonly partition: InteractionPartition;
  private readonly limits: SpaceLimits;
  private readonly asked: readonly Expr[];
  /** What is asked about, and of that what names no purposes. */
  private readonly plain: readonly Expr[];
  private readonly all: readonly Expr[];
  /** The same for interactions that can share a space of facts. */
  private readonly asksFor: string;
  private shared: Facts | null = null;
  private isShareable = true;
  private readonly further = new Map<readonly Expr[], Facts>();
  private readonly naming = new Map<readonly Expr[], boolean>();
  private readonly keys = new Map<readonly Expr[], number>([[none, 0]]);
  private readonly tooLarge: { readonly set: number; readonly error: TooLargeError }[] = [];

  /** @param further What will be asked besides conditions. */
  constructor(whole: Partition, partition: InteractionPartition, further: readonly Expr[], limits: SpaceLimits) {
    this.world = whole.world;
    this.partition = partition;
    this.limits = limits;
    const { interaction, ground } = partition;
    const own = [...partition.ownRoots()].flatMap((root) => partition.root(root).item.expressions);
    this.asked = further;
    this.all = [...notAfter(interaction.until), ...own, ...ground.expressions, ...further];
    const atoms = [...atomsOf(this.world, [...own, ...further])].map(atomText);
    this.asksFor = [interaction.until, limits.limit, ...new Set(atoms)].join();
    this.plain = this.all.filter((expr) => !namesPurpose(mentionsOf(this.world, expr)));
  }

  /**
   * @param further What is to be asked of the decision besides. Where it names a purpose, the cell has to be of one.
   * @throws TooLargeError where a cell is too much even for a space of its own; it names the rules
   */
  decide(cell: CellOf, further: readonly Expr[] = none): DecidedCell {
    const isNamed = cell.asksPurpose || this.asksPurpose(further);
    if (isNamed && cell.purposes.length > 1)
      throw new Error("What names a purpose may come to something else for each purpose of a cell: ask one by one.");
    return this.inFacts(cell.set, conditionsOf(cell), further, (facts) => {
      const reading = this.reading(facts, isNamed ? cell.purposes[0]! : null, further);
      return new Decided(this, facts, cell, reading, reading.decide(cell), further);
    });
  }

  /** Whether anything of a cell is allowed. @throws TooLargeError */
  isAllowed(cell: CellOf): boolean {
    return this.whereAllowed(cell).allowed !== FALSE;
  }

  /**
   * Where a cell is allowed, as a node of some diagrams. There, the nodes of cells mean the same facts if one purpose can be that of
   * both, or if they ask for none.
   *
   * @throws TooLargeError
   */
  whereAllowed(cell: CellOf): AllowedWhere {
    return this.inFacts(cell.set, conditionsOf(cell), none, (facts) => ({
      diagrams: facts.space.diagrams,
      ages: facts.space.ageVariables,
      allowed: this.reading(facts, cell.asksPurpose ? cell.purposes[0]! : null, none).whereAllowed(cell),
    }));
  }

  /**
   * Where a request of a cell is allowed, and, `hidden`, where the disclosure of its data over the same route is not: what shapes
   * an interaction and could not be explained in it. Of a pair, each piece has to be open. The cell is one act.
   *
   * @throws TooLargeError
   */
  hidden(cell: CellOf, further: readonly Expr[] = none): HiddenWhere {
    const { act } = cell;
    if (act.with !== null) return this.hiddenPair(cell, further);
    return this.against(cell, this.partition.disclosureOf(cell.data[0]!, act.purpose, cell.routes[0]!), further);
  }

  /** Where a cell is allowed and what the rules of another set decide of an act is not. */
  against(cell: CellOf, set: number, further: readonly Expr[] = none, act?: () => Act): HiddenWhere {
    const { sets, asking } = this.partition;
    const union = sets.either(cell.set, set);
    const isNamed = sets.meet(union, asking) || this.asksPurpose(further);
    const other = act ?? (() => Object.assign({}, cell.act, { operation: "disclose" as const }));
    const conditions = () => [...conditionsOf(cell)(), ...this.partition.rulesOn(other(), set).flatMap(conditionOf)];
    return this.inFacts(union, conditions, further, (facts) => {
      const reading = this.reading(facts, isNamed ? cell.purposes[0]! : null, further);
      const decision = reading.decide(cell);
      const { allowed } = reading.decideSet(set, "", other);
      const { diagrams } = facts.space;
      const hidden = diagrams.and(decision.allowed, diagrams.not(allowed));
      return { context: this.context(facts, cell.purposes[0]!, isNamed, further), decision, hidden };
    });
  }

  /**
   * What a rule comes to for an act, with those of its exceptions that are in a set; and anything else to be asked on the occasion.
   *
   * @param purpose Null where the rule names none, so that all are alike.
   * @throws TooLargeError
   */
  readRule<T>(
    root: number,
    set: number,
    act: () => Act,
    purpose: Id | null,
    answer: (rule: RuleDiagrams, context: Context) => T,
  ): T {
    const conditions = () => this.partition.root(root).item.expressions;
    return this.inFacts(this.partition.within(set, root), conditions, none, (facts) => {
      const reading = this.reading(facts, purpose, none);
      return answer(reading.rule(root, set, false, act), reading.context);
    });
  }

  /** The ages of both pieces are asked only here. */
  private hiddenPair(cell: CellOf, further: readonly Expr[]): HiddenWhere {
    const { act } = cell;
    const pieces = [["data", act.field] as const, ["with", act.with!] as const];
    const disclosed = pieces.map(([piece, field]) => {
      const one = { ...act, operation: "disclose" as const, field, with: null };
      const set = this.partition.setOfAct(one, cell.routes[0]!);
      return this.partition.rulesOn(one, set).map(({ rule, condition }) => ({
        rule,
        condition: condition.map((expr) => ofPiece(this.world, expr, piece)),
      }));
    });
    const expressions = [...[cell.rules, ...disclosed].flat().flatMap(({ condition }) => condition), ...further];
    const facts = new FactSpace(this.world, expressions, this.limits);
    const context = facts.context(cell.occasion, expressions);
    const decision = decideCell(context, cell.rules);
    const open = facts.diagrams.all(disclosed.map((one) => decideCell(context, one).allowed));
    return { context, decision, hidden: facts.diagrams.and(decision.allowed, facts.diagrams.not(open)) };
  }

  /** The context for a purpose, in which the nodes of a reading mean the same. */
  context(facts: Facts, purpose: Id, isNamed: boolean, further: readonly Expr[]): Context {
    const key = `${isNamed ? "named" : ""} ${purpose} ${this.keyOf(further)}`;
    const known = facts.contexts.get(key);
    if (known !== undefined) return known;
    const { startedBy } = this.partition.interaction;
    const asked = isNamed ? this.all : this.plain;
    const made = facts.space.context({ startedBy, purpose }, further.length === 0 ? asked : [...asked, ...further]);
    facts.contexts.set(key, made);
    return made;
  }

  /** @param purpose Null where nothing that is asked names a purpose, so that all are alike. */
  private reading(facts: Facts, purpose: Id | null, further: readonly Expr[]): Reading {
    const key = this.keyOf(further);
    facts.readings[key] ??= new Map();
    const byPurpose = facts.readings[key];
    const known = byPurpose.get(purpose);
    if (known !== undefined) return known;
    const context = this.context(facts, purpose ?? this.partition.purposes[0]!, purpose !== null, further);
    const made = new Reading(this.partition, context);
    byPurpose.set(purpose, made);
    return made;
  }

  /** Computes in the shared space of facts, or, where that is too much, in one for the conditions of some rules alone. */
  private inFacts<T>(
    set: number,
    conditions: () => readonly Expr[],
    further: readonly Expr[],
    compute: (facts: Facts) => T,
  ): T {
    const { sets } = this.partition;
    for (const known of this.tooLarge) if (sets.isWithin(known.set, set)) throw known.error;
    const shared = this.factsFor(further);
    if (shared !== null) {
      try {
        return compute(shared);
      } catch (error) {
        if (!(error instanceof TooLargeError)) throw error;
        // What fills it is of no use to others; what others have decided stays valid with the space that it belongs to.
        this.partition.ground.forgetFacts(this.asksFor);
        for (const list of this.further.keys()) this.partition.ground.forgetFacts(this.askingFor(list));
        this.shared = null;
        this.further.clear();
        if (this.tooLarge.length >= mostTries) throw error;
      }
    }
    const own = [...conditions(), ...further, ...this.asked];
    try {
      return compute(factsOf(new FactSpace(this.world, own, this.limits)));
    } catch (error) {
      if (error instanceof TooLargeError) this.tooLarge.push({ set, error });
      throw error;
    }
  }

  private factsFor(further: readonly Expr[]): Facts | null {
    if (this.shared === null && this.isShareable) {
      try {
        const make = () => new FactSpace(this.world, this.all, this.limits);
        this.shared = factsOf(this.partition.ground.factsFor(this.asksFor, make));
      } catch (error) {
        if (!(error instanceof TooLargeError)) throw error;
        this.isShareable = false;
      }
    }
    if (this.shared === null || further.length === 0) return this.shared;
    const known = this.further.get(further);
    if (known !== undefined) return known;
    const make = () => new FactSpace(this.world, [...this.all, ...further], this.limits);
    const made = this.shared.space.covers(further)
      ? this.shared
      : factsOf(this.partition.ground.factsFor(this.askingFor(further), make));
    this.further.set(further, made);
    return made;
  }

  private asksPurpose(further: readonly Expr[]): boolean {
    if (further.length === 0) return false;
    const known = this.naming.get(further) ?? namesPurpose(mentionsOfAll(this.world, further));
    this.naming.set(further, known);
    return known;
  }

  private askingFor(further: readonly Expr[]): string {
    return `${this.asksFor} besides ${JSON.stringify(further)}`;
  }

  /** Contexts differ by what is asked besides only where that speaks of more than facts. */
  private keyOf(further: readonly Expr[]): number {
    const isOfFacts = () => further.every((expr) => mentionsOf(this.world, expr).size === 0);
    const known = this.keys.get(further) ?? (isOfFacts() ? 0 : this.keys.size);
    this.keys.set(further, known);
    return known;
  }
}

/** Lists of what is asked besides are known by what they are; this is the empty one. */
const none: readonly Expr[] = [];

function conditionOf({ condition }: SelectingRule): readonly Expr[] {
  return condition;
}
function conditionsOf(cell: CellOf): () => readonly Expr[] {
  return () => cell.rules.flatMap(conditionOf);
}

function factsOf(space: FactSpace): Facts {
  return { space, readings: [], contexts: new Map() };
}

class Decided implements DecidedCell {
  readonly cell: CellOf;
  readonly decision: CellDecision;
  private readonly space: InteractionSpace;
  private readonly of: Facts;
  private readonly reading: Reading;
  private readonly further: readonly Expr[];

  constructor(
    space: InteractionSpace,
    facts: Facts,
    cell: CellOf,
    reading: Reading,
    decision: CellDecision,
    further: readonly Expr[],
  ) {
    this.space = space;
    this.of = facts;
    this.cell = cell;
    this.reading = reading;
    this.decision = decision;
    this.further = further;
  }

  get facts(): FactSpace {
    return this.of.space;
  }
  get context(): Context {
    const { context } = this.reading;
    const [purpose] = this.cell.purposes;
    if (context.occasion.purpose === purpose) return context;
    return this.space.context(this.of, purpose!, false, this.further);
  }
}
