import type { Id, Rule, Source, World } from "@scruple/model";
import type { FactSpace } from "../fact-space.ts";
import { FALSE, type Node } from "../node-store.ts";
import type { CellOf } from "../space/cell-of.ts";
import { type Datum, recipientsOf } from "../space/datum.ts";
import type { Cells } from "../space/interaction-partition.ts";
import type { DecidedCell, HiddenWhere, InteractionSpace } from "../space/interaction-space.ts";
import { type Meanings, meaningsOf } from "../space/meanings.ts";
import { type Kept, narrowed } from "../space/narrow.ts";
import { DataNotes } from "./data-notes.ts";
import { exampleOf } from "./example.ts";
import { type LintFinding, ruleAt } from "./finding.ts";
import type { Seen } from "./interaction.ts";
import { type AllowLint, bitOf, isWeak, LeftOpen, type Question } from "./left-open.ts";
import { customer, everybody, household, Reach, thirdParty } from "./reach.ts";
import { unlessConsent } from "./unless-consent.ts";

/** What is told of a rule that lets a part of a cell through. */
interface Story {
  readonly lint: AllowLint;
  /** Where it is not the lint itself. */
  readonly question?: Question;
  /** Of which part of the cell it is told, and where in what is let through there. */
  readonly kept: Kept;
  readonly where: (decided: DecidedCell, through: Node) => Node;
  readonly words?: (cell: CellOf) => readonly string[];
  readonly isMeant?: (rule: Rule) => boolean;
}

/** Looks at what is allowed, cell by cell; a finding for each rule that lets something through, and one of a kind. */
export class PrivacyLints {
  readonly findings: LintFinding[] = [];
  private readonly space: InteractionSpace;
  private readonly world: World;
  private readonly meanings: Meanings;
  private readonly rules: ReadonlyMap<string, Rule>;
  private readonly isOn: (lint: AllowLint) => boolean;
  /** Paths of rules of which a lint has been told. */
  private readonly flagged = new Map<AllowLint, Set<string>>();
  private readonly left: LeftOpen;
  private readonly compared = { laundering: new Set<number | string>(), covert: new Set<number | string>() };
  private readonly notes: DataNotes;
  private readonly reach: Reach;
  private readonly unless = new Map<FactSpace, Readonly<Record<"explicit" | "any", Map<Node, Node>>>>();
  private readonly experiments = new Map<readonly Id[], boolean>();
  private readonly stories: Readonly<
    Record<"special" | "weak" | "third" | "household" | "public" | "experiment", Story>
  >;

  constructor(
    space: InteractionSpace,
    rules: ReadonlyMap<string, Rule>,
    leastGroupSize: number,
    isOn: (lint: AllowLint) => boolean,
  ) {
    this.space = space;
    this.world = space.world;
    this.meanings = meaningsOf(space.world);
    this.rules = rules;
    this.isOn = isOn;
    this.notes = new DataNotes(space.partition);
    this.reach = new Reach(space.partition.ground);
    this.left = new LeftOpen(space.partition, rules, isOn);
    const data = (datum: Datum) => this.isSpecial(datum);
    const unlessExplicit = (decided: DecidedCell, through: Node) => this.unlessConsent(decided, through, "explicit");
    const everywhere = (_: DecidedCell, through: Node) => through;
    const crowd = groupOf(leastGroupSize);
    this.stories = {
      special: { lint: "special-without-explicit-consent", kept: { data }, where: unlessExplicit },
      weak: {
        lint: "no-basis",
        kept: { data },
        where: everywhere,
        words: () => ["weak"],
        question: "weak-basis",
        isMeant: isWeak,
      },
      third: {
        lint: "third-party-without-permission",
        where: unlessExplicit,
        kept: { routes: (route) => (this.reach.by(route) & thirdParty) !== 0 },
      },
      household: {
        lint: "household-exposure",
        where: everywhere,
        kept: { data, routes: (route) => (this.reach.by(route) & household) !== 0 },
      },
      public: {
        lint: "singling-out",
        words: () => [String(leastGroupSize)],
        kept: { routes: (route) => (this.reach.by(route) & everybody) !== 0 },
        where: ({ context, facts: { diagrams } }, through) =>
          diagrams.and(through, diagrams.not(diagrams.isTrue(context.expression(crowd)))),
      },
      experiment: {
        lint: "experiment-without-consent",
        where: unlessExplicit,
        kept: { purposes: (one) => this.meanings.experiment.has(one) },
      },
    };
  }

  /** Whether anything may be told of cells that has not been told of the rules that select them. */
  isOpen({ operation, class: ofData, purposes, routes, set }: Cells): boolean {
    const open = this.left.in(set);
    if (open === 0) return false;
    if ((open & (bitOf.untold | bitOf["no-basis"])) !== 0) return true;
    const { isSpecial } = ofData;
    if (isSpecial && (open & (bitOf["special-without-explicit-consent"] | bitOf["weak-basis"])) !== 0) return true;
    if ((open & bitOf["join-without-purpose"]) !== 0 && this.notes.isOfTwoSources(ofData)) return true;
    const some = purposes ?? this.space.partition.purposes;
    if ((open & bitOf["secondary-use"]) !== 0 && some.some((one) => this.notes.isSecondary(ofData, one))) return true;
    if ((open & bitOf["experiment-without-consent"]) !== 0 && this.isExperiment(some)) return true;
    if (operation !== "collect" && (open & bitOf.laundering) !== 0 && this.notes.madeIn(ofData).length > 0) return true;
    const reached = (whom: number) => (this.reach.of(routes ?? this.space.partition.routes) & whom) !== 0;
    if (operation === "use") return (open & bitOf["covert-use"]) !== 0 && reached(customer);
    if (operation !== "disclose") return false;
    return (
      ((open & bitOf["third-party-without-permission"]) !== 0 && reached(thirdParty)) ||
      (isSpecial && (open & bitOf["household-exposure"]) !== 0 && reached(household)) ||
      ((open & bitOf["singling-out"]) !== 0 && reached(everybody))
    );
  }

  /** @param seen What is known of the cells that are decided like this one; something of it is allowed. */
  look(cell: CellOf, seen: Seen): void {
    if (seen.through.length === 0 || this.left.in(cell.set) === 0) return;
    const { special, weak, third, household: atHome, public: publicly, experiment } = this.stories;
    const { isSpecial } = cell.class;
    if (isSpecial) {
      this.tell(cell, seen, special);
      this.tell(cell, seen, weak);
    }
    this.secondary(cell, seen);
    if (cell.operation === "disclose") {
      const reached = this.reach.of(cell.routes);
      if ((reached & thirdParty) !== 0) this.tell(cell, seen, third);
      if ((reached & household) !== 0 && isSpecial) this.tell(cell, seen, atHome);
      if ((reached & everybody) !== 0) this.tell(cell, seen, publicly);
    }
    if (this.isExperiment(cell.purposes)) this.tell(cell, seen, experiment);
    this.rulesThemselves(cell, seen);
    if (cell.operation !== "collect") this.laundering(cell, seen);
    if (cell.operation === "use") this.covert(cell, seen);
  }

  // ---------------------------------------------------------------------------------------------- what is told of a rule

  private rulesThemselves(cell: CellOf, seen: Seen): void {
    const open = this.left.in(cell.set);
    const { decided, through } = seen;
    const paths = () => through.map((index) => decided.decision.rules[index]!.rule.path);
    const isOpenItself = (open & (bitOf.untold | bitOf["no-basis"])) !== 0;
    if ((seen.settled & bitOf.untold) === 0 && isOpenItself) {
      seen.settled |= bitOf.untold;
      for (const path of paths()) {
        const { told, basis } = this.rules.get(path)!;
        if (told === null) this.once("untold", path, []);
        if (basis === null) this.once("no-basis", path, ["none"]);
      }
    }
    // Cells that are decided like this one may be of other operations, or of pairs of one source.
    if ((seen.settled & bitOf["join-without-purpose"]) !== 0 || (open & bitOf["join-without-purpose"]) === 0) return;
    if (cell.operation !== "combine" || !this.notes.isOfTwoSources(cell.class)) return;
    seen.settled |= bitOf["join-without-purpose"];
    for (const path of paths())
      if (this.rules.get(path)!.purposes === null) this.once("join-without-purpose", path, []);
  }

  private once(lint: AllowLint, path: string, words: readonly string[]): void {
    const flagged = this.flaggedFor(lint);
    if (!this.isOn(lint) || flagged.has(path)) return;
    flagged.add(path);
    this.left.settle(lint, path);
    this.findings.push({ lint, at: ruleAt(path), words, related: [] });
  }

  private flaggedFor(lint: AllowLint): Set<string> {
    let flagged = this.flagged.get(lint);
    if (flagged === undefined) {
      flagged = new Set();
      this.flagged.set(lint, flagged);
    }
    return flagged;
  }
  private isFlagged(lint: AllowLint, { decided, through }: Seen): boolean {
    const flagged = this.flaggedFor(lint);
    for (const index of through) if (!flagged.has(decided.decision.rules[index]!.rule.path)) return false;
    return true;
  }

  // -------------------------------------------------------------------------------------------------- what is let through

  /** Flags the allows that let a part of a cell through, if there is such a part. */
  private tell(
    cell: CellOf,
    seen: Seen,
    { lint, question = lint, kept, where, words = () => [], isMeant = () => true }: Story,
  ): void {
    const bit = bitOf[question];
    if ((seen.settled & bit) !== 0 || (this.left.in(cell.set) & bitOf[question]) === 0) return;
    const part = narrowed(cell, kept);
    if (part === null) return;
    seen.settled |= bit;
    const { decided, through } = seen;
    const { decision, facts } = decided;
    const flagged = this.flaggedFor(lint);
    const open = through.filter((index) => {
      const { path } = decision.rules[index]!.rule;
      return isMeant(this.rules.get(path)!) && !flagged.has(path);
    });
    if (open.length === 0) return;
    const region = where(decided, decision.allowed);
    if (region === FALSE) return;
    for (const index of open) {
      const { rule, applies } = decision.rules[index]!;
      // What is allowed may be so without consent by another rule, so this one is asked by itself.
      const both = where(decided, facts.diagrams.and(applies, region));
      if (both === FALSE) continue;
      const { context } = this.space.decide(part);
      this.once(lint, rule.path, [...words(part), exampleOf(part, context, both)]);
    }
  }

  private secondary(cell: CellOf, seen: Seen): void {
    const bit = bitOf["secondary-use"];
    if ((seen.settled & bit) !== 0) return;
    if ((this.left.in(cell.set) & bitOf["secondary-use"]) === 0) return;
    if (this.unlessConsent(seen.decided, seen.decided.decision.allowed, "any") === FALSE) {
      seen.settled |= bit;
      return;
    }
    for (const purpose of cell.purposes) {
      if (!this.notes.isSecondary(cell.class, purpose)) continue;
      this.tell(cell, seen, {
        lint: "secondary-use",
        kept: {
          data: (datum) => this.notes.isSecondaryDatum(datum, purpose),
          purposes: (one) => one === purpose,
        },
        where: (decided, through) => this.unlessConsent(decided, through, "any"),
        words: ({ act }) => {
          const isFirst = this.space.partition.ground.isSecondary(act.field, purpose);
          return [this.sourceOf(isFirst ? act.field : act.with!).id];
        },
      });
    }
  }

  // ----------------------------------------------------------------------------------------- compared with another request

  /** What is derived is compared with each piece that it is derived from: to infer it, with whether that may be used. */
  private laundering(cell: CellOf, seen: Seen): void {
    if ((this.left.in(cell.set) & bitOf.laundering) === 0) return;
    const made = this.notes.madeIn(cell.class);
    if (made.length === 0 || this.isSettled("laundering", seen)) return;
    const { partition } = this.space;
    const { sets, keeps } = partition;
    const operation = cell.operation === "infer" ? ("use" as const) : cell.operation;
    for (const { datum, derived, input } of made) {
      for (const purpose of cell.purposes)
        for (const route of cell.routes) {
          const { channel } = route;
          const act = {
            interaction: cell.interaction.id,
            operation,
            field: derived === datum.field ? input : datum.field,
            with: derived === datum.field ? datum.with : input,
            level: datum.level,
            purpose,
            channel,
            recipients: recipientsOf(this.world, route),
          };
          // The age of an input is its own, and it may be young enough.
          const set = sets.without(partition.setOfAct(act, route), keeps);
          if (!this.isNew(this.compared.laundering, cell, set, purpose)) continue;
          const part = cell.part([datum], [purpose], [route]);
          this.through(
            "laundering",
            part,
            this.space.against(part, set, undefined, () => act),
            [derived, input],
          );
          if (this.isSettled("laundering", seen)) return;
        }
    }
  }

  private covert(cell: CellOf, seen: Seen): void {
    if ((this.left.in(cell.set) & bitOf["covert-use"]) === 0) return;
    if ((this.reach.of(cell.routes) & customer) === 0 || this.isSettled("covert-use", seen)) return;
    const { partition } = this.space;
    for (const { datum, set: ofData } of this.notes.disclosuresOf(cell.class))
      for (const purpose of cell.purposes) {
        const ofPurpose = partition.both(ofData, partition.purposeSet(purpose));
        for (const route of cell.routes) {
          if ((this.reach.by(route) & customer) === 0) continue;
          const set = partition.both(ofPurpose, partition.routeSet(route));
          if (!this.isNew(this.compared.covert, cell, set, purpose)) continue;
          const part = cell.part([datum], [purpose], [route]);
          this.through("covert-use", part, this.space.against(part, set), []);
          if (this.isSettled("covert-use", seen)) return;
        }
      }
  }

  private isSettled(lint: "laundering" | "covert-use", seen: Seen): boolean {
    return !this.isOn(lint) || this.isFlagged(lint, seen);
  }

  /** Whether two sets have not been compared yet; for each purpose by itself where that makes a difference beyond what selects. */
  private isNew(compared: Set<number | string>, cell: CellOf, set: number, purpose: Id): boolean {
    const { sets, asking } = this.space.partition;
    const isPlain = cell.class.ages === "" && !cell.asksPurpose && !sets.meet(set, asking);
    // Of both sets there are far fewer than two to the twenty-sixth.
    const pair = cell.set * 2 ** 26 + set;
    const key = isPlain ? pair : `${cell.class.ages} ${pair} ${purpose}`;
    if (compared.has(key)) return false;
    compared.add(key);
    return true;
  }

  private through(
    lint: AllowLint,
    cell: CellOf,
    { context, decision, hidden }: HiddenWhere,
    words: readonly string[],
  ): void {
    if (hidden === FALSE) return;
    for (const { rule, applies } of decision.rules) {
      const written = this.rules.get(rule.path);
      if (written?.effect !== "allow" || this.flaggedFor(lint).has(rule.path)) continue;
      const both = context.space.diagrams.and(applies, hidden);
      if (both !== FALSE) this.once(lint, rule.path, [...words, exampleOf(cell, context, both)]);
    }
  }

  // ----------------------------------------------------------------------------------------------------- what is looked up

  /** Where something is let through though no explicit consent, or no consent at all, is given to anything. */
  private unlessConsent({ facts }: DecidedCell, through: Node, least: "explicit" | "any"): Node {
    let known = this.unless.get(facts);
    if (known === undefined) {
      known = { explicit: new Map(), any: new Map() };
      this.unless.set(facts, known);
    }
    const before = known[least].get(through);
    if (before !== undefined) return before;
    const where = unlessConsent(facts, through, least);
    known[least].set(through, where);
    return where;
  }

  private isExperiment(purposes: readonly Id[]): boolean {
    let known = this.experiments.get(purposes);
    if (known === undefined) {
      known = purposes.some((one) => this.meanings.experiment.has(one));
      this.experiments.set(purposes, known);
    }
    return known;
  }

  private isSpecial({ field, with: other }: Datum): boolean {
    const one = (id: Id) => this.world.fields.get(id)!.special;
    return one(field) || (other !== null && one(other));
  }

  private sourceOf(field: Id): Source {
    return this.world.fields.get(field)!.source;
  }
}

/** The condition that somebody is one of so many. */
export function groupOf(least: number) {
  return { op: "compare", operator: ">=", fact: "group_size", value: least } as const;
}
