import { covered, type Id, type Rule, type Source, sourceOf, type World } from "@scruple/model";
import { decideCell } from "../cell.ts";
import type { Context } from "../context.ts";
import { FALSE, type Node, TRUE } from "../node-store.ts";
import type { Cell } from "../space/cell.ts";
import { type Datum, type Route, recipientsOf } from "../space/datum.ts";
import type { DecidedCell, DecisionSpace } from "../space/decision-space.ts";
import { type Meanings, meaningsOf } from "../space/meanings.ts";
import { type Kept, narrowed } from "../space/narrow.ts";
import { exampleOf } from "./example.ts";
import type { LintFinding, PrivacyLint } from "./finding.ts";
import { ruleAt } from "./logic.ts";

/** Bases that cannot carry special data, whatever else holds (GDPR, Art. 9). */
const tooWeak: ReadonlySet<string> = new Set(["contract", "legitimate_interest"]);

/** Looks at what is allowed, cell by cell; a finding for each rule that lets something through, and one of a kind. */
export class PrivacyLints {
  readonly findings: LintFinding[] = [];
  /** Fields of which something is allowed. */
  readonly allowedFields = new Set<Id>();
  private readonly space: DecisionSpace;
  private readonly world: World;
  private readonly meanings: Meanings;
  private readonly rules: ReadonlyMap<string, Rule>;
  private readonly leastGroupSize: number;
  private readonly isOn: (lint: PrivacyLint) => boolean;
  private readonly flagged = new Set<string>();
  private readonly compared = new Set<string>();
  private readonly collectedFor = new Map<Id, ReadonlySet<Id>>();

  constructor(
    space: DecisionSpace,
    rules: ReadonlyMap<string, Rule>,
    leastGroupSize: number,
    isOn: (lint: PrivacyLint) => boolean,
  ) {
    this.space = space;
    this.world = space.world;
    this.meanings = meaningsOf(space.world);
    this.rules = rules;
    this.leastGroupSize = leastGroupSize;
    this.isOn = isOn;
  }

  look(decided: DecidedCell): void {
    const { cell, decision } = decided;
    if (decision.allowed === FALSE) return;
    for (const { field, with: other } of cell.data) {
      this.allowedFields.add(field);
      if (other !== null) this.allowedFields.add(other);
    }
    this.special(decided);
    this.secondary(decided);
    this.recipients(decided);
    this.experiment(decided);
    this.rulesThemselves(decided);
    if (this.isOn("laundering") && cell.operation !== "collect") this.laundering(decided);
    if (this.isOn("covert-use") && cell.operation === "use") this.covert(decided);
  }

  // ---------------------------------------------------------------------------------------------- what is told of a rule

  private rulesThemselves({ cell, decision, facts }: DecidedCell): void {
    for (const { rule, applies } of decision.rules) {
      const written = this.rules.get(rule.path);
      if (written?.effect !== "allow") continue;
      if (facts.diagrams.and(applies, decision.allowed) === FALSE) continue;
      if (written.told === null) this.once("untold", rule.path, []);
      if (written.basis === null) this.once("no-basis", rule.path, ["none"]);
      const isJoin = cell.operation === "combine" && cell.data.some((datum) => this.isOfTwoSources(datum));
      if (isJoin && written.purposes === null) this.once("join-without-purpose", rule.path, []);
    }
  }

  private once(lint: PrivacyLint, path: string, words: readonly string[], related: LintFinding["related"] = []): void {
    const key = `${lint} ${path}`;
    if (!this.isOn(lint) || this.flagged.has(key)) return;
    this.flagged.add(key);
    this.findings.push({ lint, at: ruleAt(path), words, related });
  }

  private isOfTwoSources({ field, with: other }: Datum): boolean {
    return other !== null && this.sourceOf(field).id !== this.sourceOf(other).id;
  }

  // -------------------------------------------------------------------------------------------------- what is let through

  /** Flags the allows that let a part of a cell through. */
  private flag(
    lint: PrivacyLint,
    decided: DecidedCell,
    kept: Kept,
    where: (decided: DecidedCell) => Node,
    words: (cell: Cell) => readonly string[] = () => [],
    isMeant: (rule: Rule) => boolean = () => true,
  ): void {
    if (!this.isOn(lint)) return;
    const isOpen = decided.decision.rules.some(({ rule }) => {
      const written = this.rules.get(rule.path);
      return written?.effect === "allow" && isMeant(written) && !this.flagged.has(`${lint} ${rule.path}`);
    });
    if (!isOpen) return;
    const region = where(decided);
    if (region === FALSE) return;
    const cell = narrowed(this.world, decided.cell, kept);
    if (cell === null) return;
    this.through(lint, this.space.decide(cell), () => this.space.decide(cell).context, region, words(cell), isMeant);
  }

  private through(
    lint: PrivacyLint,
    { cell, decision, facts: { diagrams } }: Pick<DecidedCell, "cell" | "decision" | "facts">,
    contextOf: () => Context,
    region: Node,
    words: readonly string[],
    isMeant: (rule: Rule) => boolean = () => true,
  ): void {
    if (region === FALSE) return;
    for (const { rule, applies } of decision.rules) {
      const written = this.rules.get(rule.path);
      if (written?.effect !== "allow" || !isMeant(written)) continue;
      const both = diagrams.and(applies, region);
      if (both === FALSE || this.flagged.has(`${lint} ${rule.path}`)) continue;
      this.once(lint, rule.path, [...words, exampleOf(this.world, cell, contextOf(), both)]);
    }
  }

  private special(decided: DecidedCell): void {
    const data = (datum: Datum) => this.isSpecial(datum);
    if (!decided.cell.data.some(data)) return;
    this.flag("special-without-explicit-consent", decided, { data }, (part) => unlessConsent(part, "explicit"));
    this.flag(
      "no-basis",
      decided,
      { data },
      ({ decision }) => decision.allowed,
      () => ["weak"],
      ({ basis }) => basis !== null && tooWeak.has(basis.kind),
    );
  }

  private secondary(decided: DecidedCell): void {
    if (!this.isOn("secondary-use") || unlessConsent(decided, "any") === FALSE) return;
    for (const purpose of decided.cell.purposes) {
      const data = ({ field, with: other }: Datum) =>
        this.isSecondary(field, purpose) || (other !== null && this.isSecondary(other, purpose));
      if (!decided.cell.data.some(data)) continue;
      this.flag(
        "secondary-use",
        decided,
        { data, purposes: (one) => one === purpose },
        (part) => unlessConsent(part, "any"),
        ({ act }) => [this.isSecondary(act.field, purpose) ? this.sourceOf(act.field).id : this.sourceOf(act.with!).id],
      );
    }
  }

  /** A source that says nothing of what it was collected for is not held to anything. */
  private isSecondary(field: Id, purpose: Id): boolean {
    const source = this.sourceOf(field);
    if (source.collectedFor.length === 0) return false;
    const purposes = this.collectedFor.get(source.id) ?? covered(this.world.purposes, source.collectedFor);
    this.collectedFor.set(source.id, purposes);
    return !purposes.has(purpose);
  }

  private recipients(decided: DecidedCell): void {
    if (decided.cell.operation !== "disclose") return;
    const reaching = (meant: ReadonlySet<Id>) => (route: Route) =>
      recipientsOf(this.world, route).some((recipient) => meant.has(recipient));
    const { thirdParty, household, public: everybody } = this.meanings;
    this.flag("third-party-without-permission", decided, { routes: reaching(thirdParty) }, (part) =>
      unlessConsent(part, "explicit"),
    );
    this.flag(
      "household-exposure",
      decided,
      { routes: reaching(household), data: (datum) => this.isSpecial(datum) },
      ({ decision }) => decision.allowed,
    );
    const crowd = groupOf(this.leastGroupSize);
    this.flag(
      "singling-out",
      decided,
      { routes: reaching(everybody) },
      ({ decision, context, facts: { diagrams } }) =>
        diagrams.and(decision.allowed, diagrams.not(diagrams.isTrue(context.expression(crowd)))),
      () => [String(this.leastGroupSize)],
    );
  }

  private experiment(decided: DecidedCell): void {
    this.flag("experiment-without-consent", decided, { purposes: (one) => this.meanings.experiment.has(one) }, (part) =>
      unlessConsent(part, "explicit"),
    );
  }

  // ----------------------------------------------------------------------------------------- compared with another request

  /** What is derived is compared with each piece that it is derived from: to infer it, with whether that may be used. */
  private laundering(decided: DecidedCell): void {
    const { cell } = decided;
    const allows = decided.decision.rules.filter(({ rule }) => this.rules.get(rule.path)?.effect === "allow");
    for (const datum of cell.data) {
      const inputs = [datum.field, datum.with].flatMap((field) => (field === null ? [] : this.inputsOf(field)));
      if (inputs.length === 0) continue;
      for (const purpose of cell.purposes)
        for (const route of cell.routes) {
          if (allows.every(({ rule }) => this.flagged.has(`laundering ${rule.path}`))) return;
          const part = narrowed(this.world, cell, exactly(datum, purpose, route))!;
          for (const { derived, input } of inputs) {
            if (input === datum.field || input === datum.with) continue;
            const act = {
              ...part.act,
              operation: cell.operation === "infer" ? ("use" as const) : cell.operation,
              ...(derived === datum.field ? { field: input } : { with: input }),
            };
            // The age of an input is its own, and it may be young enough.
            const rules = this.space.partition.rulesFor(act).filter(({ rule }) => rule.kind !== "keep");
            const key = `${cell.key} ${derived} ${rules.map(({ rule }) => rule.path)} ${this.exceptionText(rules)}`;
            if (this.compared.has(key)) continue;
            this.compared.add(key);
            const further = rules.flatMap(({ condition }) => condition);
            const { context, decision } = this.space.together([part], further)[0]!;
            const { diagrams } = context.space;
            const input_ = decideCell(context, rules);
            const region = diagrams.and(decision.allowed, diagrams.not(input_.allowed));
            this.through("laundering", { cell: part, decision, facts: context.space }, () => context, region, [
              derived,
              input,
            ]);
          }
        }
    }
  }

  /** Which exceptions select shows in what the conditions are. */
  private exceptionText(rules: Cell["rules"]): string {
    return rules.some(({ rule }) => (this.rules.get(rule.path)?.exceptions.length ?? 0) > 0)
      ? JSON.stringify(rules.map(({ condition }) => condition))
      : "";
  }

  private inputsOf(field: Id): readonly { readonly derived: Id; readonly input: Id }[] {
    const nameable = this.space.partition.fields;
    return this.sourceOf(field)
      .derivedFrom.flatMap((ref) =>
        ref.kind === "field" ? [ref.id] : this.world.sources.get(sourceOf(this.world, ref))!.fields.map(({ id }) => id),
      )
      .filter((input) => nameable.has(input))
      .map((input) => ({ derived: field, input }));
  }

  private covert(decided: DecidedCell): void {
    const { cell } = decided;
    const allows = decided.decision.rules.filter(({ rule }) => this.rules.get(rule.path)?.effect === "allow");
    const { customer } = this.meanings;
    for (const route of cell.routes) {
      if (!recipientsOf(this.world, route).some((one) => customer.has(one))) continue;
      for (const datum of cell.data)
        for (const purpose of cell.purposes) {
          if (allows.every(({ rule }) => this.flagged.has(`covert-use ${rule.path}`))) return;
          const part = narrowed(this.world, cell, exactly(datum, purpose, route))!;
          const disclosure = this.space.partition.rulesFor({ ...part.act, operation: "disclose" });
          const key = `covert ${cell.key} ${disclosure.map(({ rule }) => rule.path)} ${this.exceptionText(disclosure)}`;
          if (this.compared.has(key)) continue;
          this.compared.add(key);
          const { context, hidden } = this.space.hidden(part);
          const decision = decideCell(context, part.rules);
          this.through("covert-use", { cell: part, decision, facts: context.space }, () => context, hidden, []);
        }
    }
  }

  private isSpecial({ field, with: other }: Datum): boolean {
    const one = (id: Id) => this.world.fields.get(id)!.special;
    return one(field) || (other !== null && one(other));
  }

  private sourceOf(field: Id): Source {
    return this.world.fields.get(field)!.source;
  }
}

function exactly(datum: Datum, purpose: Id, route: Route): Kept {
  return { data: (one) => one === datum, purposes: (one) => one === purpose, routes: (one) => one === route };
}

/** The condition that somebody is one of so many. */
export function groupOf(least: number) {
  return { op: "compare", operator: ">=", fact: "group_size", value: least } as const;
}

/** Where a cell is allowed though no explicit consent, or no consent at all, is given to anything. */
function unlessConsent({ facts, decision }: Pick<DecidedCell, "facts" | "decision">, least: "explicit" | "any"): Node {
  const { diagrams, variables } = facts;
  const without = diagrams
    .support(decision.allowed)
    .filter((index) => variables[index]!.kind === "consent")
    .map((index) => diagrams.branch(index, (value) => (value >= (least === "explicit" ? 2 : 1) ? FALSE : TRUE)));
  return diagrams.all([decision.allowed, ...without]);
}
