import type { Id, Rule } from "@scruple/model";
import { exampleOf } from "../describe/example.ts";
import { FALSE } from "../node-store.ts";
import type { CellOf } from "../space/cell-of.ts";
import type { Cells } from "../space/interaction-partition.ts";
import type { InteractionSpace } from "../space/interaction-space.ts";
import { meaningsOf } from "../space/meanings.ts";
import { narrowed } from "../space/narrow.ts";
import { Compared } from "./compared.ts";
import { DataNotes } from "./data-notes.ts";
import type { LintFinding } from "./finding.ts";
import { Flagged } from "./flagged.ts";
import type { Seen } from "./interaction.ts";
import { type AllowLint, bitOf } from "./left-open.ts";
import { customer, everybody, household, Reach, thirdParty } from "./reach.ts";
import { type Stories, type Story, storiesOf } from "./stories.ts";
import { UnlessConsent } from "./unless-consent.ts";

/** Looks at what is allowed, cell by cell; a finding for each rule that lets something through, and one of a kind. */
export class PrivacyLints {
  private readonly space: InteractionSpace;
  private readonly rules: ReadonlyMap<string, Rule>;
  private readonly flagged: Flagged;
  private readonly notes: DataNotes;
  private readonly reach: Reach;
  private readonly unless = new UnlessConsent();
  private readonly experiments = new Map<readonly Id[], boolean>();
  private readonly stories: Stories;
  private readonly compared: Compared;

  constructor(
    space: InteractionSpace,
    rules: ReadonlyMap<string, Rule>,
    leastGroupSize: number,
    isOn: (lint: AllowLint) => boolean,
  ) {
    const { partition, world } = space;
    this.space = space;
    this.rules = rules;
    this.flagged = new Flagged(partition, rules, isOn);
    this.notes = new DataNotes(partition);
    this.reach = new Reach(partition.ground);
    this.stories = storiesOf(world, this.reach, this.unless, leastGroupSize);
    this.compared = new Compared(space, rules, this.notes, this.reach, this.flagged);
  }

  get findings(): readonly LintFinding[] {
    return this.flagged.findings;
  }

  /** Whether anything may be told of cells that has not been told of the rules that select them. */
  isOpen({ operation, class: ofData, purposes, routes, set }: Cells): boolean {
    const open = this.flagged.left.in(set);
    if (open === 0) return false;
    if ((open & (bitOf.untold | bitOf["no-basis"])) !== 0) return true;
    const { isSpecial } = ofData;
    if (isSpecial && (open & (bitOf["special-without-explicit-consent"] | bitOf["weak-basis"])) !== 0) return true;
    if ((open & bitOf["join-without-purpose"]) !== 0 && this.notes.isOfTwoSources(ofData)) return true;
    const some = purposes ?? this.space.partition.purposes;
    if ((open & bitOf["secondary-use"]) !== 0 && some.some((one) => this.notes.isSecondary(ofData, one))) return true;
    if ((open & bitOf["experiment-without-consent"]) !== 0 && this.isExperiment(some)) return true;
    if (operation !== "collect" && (open & bitOf.laundering) !== 0 && this.notes.madeIn(ofData).length > 0) return true;
    const reached = (whom: number) => (this.reach.ofAny(routes ?? this.space.partition.routes) & whom) !== 0;
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
    if (seen.through.length === 0 || this.flagged.left.in(cell.set) === 0) return;
    const { special, weak, third, household: atHome, public: publicly, experiment } = this.stories;
    const { isSpecial } = cell.class;
    if (isSpecial) {
      this.tell(cell, seen, special);
      this.tell(cell, seen, weak);
    }
    this.secondary(cell, seen);
    if (cell.operation === "disclose") {
      const reached = this.reach.ofAny(cell.routes);
      if ((reached & thirdParty) !== 0) this.tell(cell, seen, third);
      if ((reached & household) !== 0 && isSpecial) this.tell(cell, seen, atHome);
      if ((reached & everybody) !== 0) this.tell(cell, seen, publicly);
    }
    if (this.isExperiment(cell.purposes)) this.tell(cell, seen, experiment);
    this.rulesThemselves(cell, seen);
    this.compared.look(cell, seen);
  }

  // ---------------------------------------------------------------------------------------------- what is told of a rule

  private rulesThemselves(cell: CellOf, seen: Seen): void {
    const open = this.flagged.left.in(cell.set);
    const { decided, through } = seen;
    const paths = () => through.map((index) => decided.decision.rules[index]!.rule.path);
    const isOpenItself = (open & (bitOf.untold | bitOf["no-basis"])) !== 0;
    if ((seen.settled & bitOf.untold) === 0 && isOpenItself) {
      seen.settled |= bitOf.untold;
      for (const path of paths()) {
        const { told, basis } = this.rules.get(path)!;
        if (told === null) this.flagged.flag("untold", path, []);
        if (basis === null) this.flagged.flag("no-basis", path, ["none"]);
      }
    }
    // Cells that are decided like this one may be of other operations, or of pairs of one source.
    if ((seen.settled & bitOf["join-without-purpose"]) !== 0 || (open & bitOf["join-without-purpose"]) === 0) return;
    if (cell.operation !== "combine" || !this.notes.isOfTwoSources(cell.class)) return;
    seen.settled |= bitOf["join-without-purpose"];
    for (const path of paths())
      if (this.rules.get(path)!.purposes === null) this.flagged.flag("join-without-purpose", path, []);
  }

  // -------------------------------------------------------------------------------------------------- what is let through

  /** Flags the allows that let a part of a cell through, if there is such a part. */
  private tell(
    cell: CellOf,
    seen: Seen,
    { lint, question = lint, kept, where, words = () => [], isMeant = () => true }: Story,
  ): void {
    const bit = bitOf[question];
    if ((seen.settled & bit) !== 0 || (this.flagged.left.in(cell.set) & bitOf[question]) === 0) return;
    const part = narrowed(cell, kept);
    if (part === null) return;
    seen.settled |= bit;
    const { decided, through } = seen;
    const { decision, facts } = decided;
    const open = through.filter((index) => {
      const { path } = decision.rules[index]!.rule;
      return isMeant(this.rules.get(path)!) && !this.flagged.has(lint, path);
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
      this.flagged.flag(lint, rule.path, [...words(part), exampleOf(part, context, both)]);
    }
  }

  private secondary(cell: CellOf, seen: Seen): void {
    const bit = bitOf["secondary-use"];
    if ((seen.settled & bit) !== 0) return;
    if ((this.flagged.left.in(cell.set) & bitOf["secondary-use"]) === 0) return;
    const { facts, decision } = seen.decided;
    if (this.unless.where(facts, decision.allowed, "any") === FALSE) {
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
        where: (decided, through) => this.unless.where(decided.facts, through, "any"),
        words: ({ act }) => {
          const isFirst = this.space.partition.ground.isSecondary(act.field, purpose);
          return [this.space.world.fields.get(isFirst ? act.field : act.with!)!.source.id];
        },
      });
    }
  }

  private isExperiment(purposes: readonly Id[]): boolean {
    let known = this.experiments.get(purposes);
    if (known === undefined) {
      const { experiment } = meaningsOf(this.space.world);
      known = purposes.some((one) => experiment.has(one));
      this.experiments.set(purposes, known);
    }
    return known;
  }
}
