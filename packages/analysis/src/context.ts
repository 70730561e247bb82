import type { Expr, Id, Interaction } from "@scruple/model";
import { restsOn } from "./conditions.ts";
import type { ConditionMemo, FactSpace } from "./fact-space.ts";
import { FALSE, type Node, TRUE, UNKNOWN } from "./node-store.ts";
import { type Mention, type Mentions, mentionsOf } from "./personal.ts";
import { Consents } from "./theory/consents.ts";
import { Objections } from "./theory/objections.ts";
import { purposesOf } from "./theory/purposes.ts";
import { type About, isSameAbout, type Variable } from "./theory/variable.ts";

/** What of a request, besides facts, bears on conditions. Channels do not: consents and objections are those on its channel. */
export interface Occasion {
  readonly startedBy: Interaction["startedBy"];
  readonly purpose: Id;
}

/**
 * Conditions as diagrams over the facts of a space, on one occasion: false, unknown or true by Kleene's tables, whatever the
 * facts are, so that `x or not x` is unknown where `x` is.
 */
export class Context {
  readonly space: FactSpace;
  readonly occasion: Occasion;
  readonly consents: Consents | null;
  readonly objections: Objections | null;
  /** Contexts with the same key give the same diagrams with the same meaning. */
  readonly key: string;
  private readonly personal = new Map<string, Node>();
  /** For what differs by occasion, and for what does not. Contexts in which the same is asked share the former. */
  readonly memo: ConditionMemo;
  private readonly shared: ConditionMemo;

  /** @param mentions What will be asked beyond facts. */
  constructor(space: FactSpace, occasion: Occasion, mentions: Mentions) {
    this.space = space;
    this.occasion = occasion;
    const asked = (...kinds: readonly Mention["kind"][]) =>
      new Set(
        [...mentions.values()]
          .filter(({ kind }) => kinds.includes(kind))
          .map(({ purpose }) => purpose ?? occasion.purpose)
          .sort((a, b) => Number(b === occasion.purpose) - Number(a === occasion.purpose) || (a < b ? -1 : 1)),
      );
    const [consents, objections] = [asked("consent", "explicit"), asked("objection")];
    const purposes = purposesOf(space.world);
    const variable = (kind: "consent" | "objection") => (about: Id | "any") =>
      space.personalVariable(kind, this.aboutOf(about));
    const { diagrams } = space;
    this.consents =
      consents.size === 0
        ? null
        : new Consents(diagrams, purposes, consents, space.knownVariable("consents"), variable("consent"));
    this.objections =
      objections.size === 0
        ? null
        : new Objections(diagrams, purposes, objections, space.knownVariable("objections"), variable("objection"));
    for (const [key, mention] of mentions) this.personal.set(key, this.personalAtom(mention));
    const outcome = [...this.personal].sort(([a], [b]) => (a < b ? -1 : 1)).join(" ");
    this.key = `${occasion.startedBy} ${occasion.purpose} ${outcome}`;
    this.memo = space.memo(outcome);
    this.shared = space.memo("");
  }

  /** The variables that mean something here: facts, and those consents and objections that were asked for. */
  get variables(): readonly Variable[] {
    return this.space.variables.filter((variable) => this.isAsked(variable));
  }
  isAsked(variable: Variable): boolean {
    if (variable.kind === "consent") return this.isAmong(this.consents?.given ?? [], variable.about);
    if (variable.kind !== "objection") return true;
    return this.isAmong(this.objections?.made.map(({ about }) => about) ?? [], variable.about);
  }
  private isAmong(asked: Iterable<Id | "any">, about: About): boolean {
    for (const one of asked) if (isSameAbout(this.aboutOf(one), about)) return true;
    return false;
  }

  /** The diagram of a condition: the conjunction of its parts. */
  condition(parts: readonly Expr[]): Node {
    return parts.length === 1
      ? this.expression(parts[0]!)
      : this.space.diagrams.all(parts.map((part) => this.expression(part)));
  }

  expression(expr: Expr): Node {
    switch (expr.op) {
      case "literal":
        return expr.value ? TRUE : FALSE;
      case "consent":
        return this.asked(expr.explicit ? "explicit" : "consent", expr.purpose);
      case "objection":
        return this.asked("objection", expr.purpose);
      case "outbound":
        return this.asked("outbound", null);
      case "condition":
        return this.named(expr.condition);
      case "not":
        return this.space.diagrams.not(this.expression(expr.operand));
      case "and":
      case "or": {
        const { expressions } = this.memoOf(expr);
        const known = expressions.get(expr);
        if (known !== undefined) return known;
        const operands = expr.operands.map((operand) => this.expression(operand));
        const node = expr.op === "and" ? this.space.diagrams.all(operands) : this.space.diagrams.any(operands);
        expressions.set(expr, node);
        return node;
      }
      default:
        return this.space.factAtom(expr);
    }
  }

  /** Whose consent or objection an id means here, for the variables that occasions share. */
  aboutOf(purpose: Id | "any"): About {
    return purpose === "any" ? "any" : purpose === this.occasion.purpose ? "request" : { purpose };
  }

  private memoOf(expr: Expr): ConditionMemo {
    return mentionsOf(this.space.world, expr).size === 0 ? this.shared : this.memo;
  }

  private named(condition: Id): Node {
    const { world } = this.space;
    const find = (id: Id) => this.shared.conditions.get(id) ?? this.memo.conditions.get(id);
    const known = find(condition);
    if (known !== undefined) return known;
    for (const id of restsOn(world, condition, (done) => find(done) !== undefined)) {
      const { expr } = world.conditions.get(id)!;
      this.memoOf(expr).conditions.set(id, this.expression(expr));
    }
    return find(condition)!;
  }

  private asked(kind: Mention["kind"], purpose: Id | null): Node {
    const node = this.personal.get(`${kind} ${purpose ?? ""}`);
    if (node === undefined) throw new Error("The context was not made for this condition.");
    return node;
  }

  private personalAtom({ kind, purpose }: Mention): Node {
    const meant = purpose ?? this.occasion.purpose;
    switch (kind) {
      case "consent":
        return this.consents!.consent(meant);
      case "explicit":
        return this.consents!.explicitConsent(meant);
      case "objection":
        return this.objections!.objection(meant);
      case "outbound": {
        const { startedBy } = this.occasion;
        return startedBy === null ? UNKNOWN : startedBy === "company" ? TRUE : FALSE;
      }
    }
  }
}
