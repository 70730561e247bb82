import { type ImpliedDenial, impliedDenials, selectsImplied } from "./implied.ts";
import type { Basis, DutyCall, Exception, Expr, Id, Interaction, Limit, Position, Quiet, Rule } from "./model.ts";
import { type Act, opposite, type Reading, selects, selectsOperation } from "./select.ts";
import type { World } from "./world.ts";

/**
 * A rule, or a denial that a declaration implies, as the decision sees it: does it select an act, and what is then its
 * condition. Which of its exceptions select is static too, so for one act the condition is one fixed expression.
 */
export interface Bearing {
  readonly path: string;
  readonly effect: "allow" | "deny";
  readonly kind: "rule" | ImpliedDenial["kind"];
  readonly because: string | null;
  readonly told: string | null;
  readonly basis: Basis | null;
  readonly limit: Limit | null;
  readonly duties: readonly DutyCall[];
  /** The hours of a quiet channel. */
  readonly quiet: Pick<Quiet, "from" | "to"> | null;
  readonly at: Position;
  /** Null: it bears on every interaction. */
  readonly interaction: Id | null;
  selects(act: Act): boolean;
  /** Parts that all have to hold, of an act that it selects. */
  condition(act: Act): readonly Expr[];
}

/** Every rule and implied denial of a model, in the order of their paths. */
export function bearings(world: World): readonly Bearing[] {
  const all = [
    ...world.model.rules.map((rule) => bearingOfRule(world, rule)),
    ...impliedDenials(world).map((denial) => ofDenial(world, denial)),
  ];
  return all.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** One rule, whether the model has it or not: to ask what would be if it said something else. */
export function bearingOfRule(world: World, rule: Rule): Bearing {
  const reading: Reading = rule.effect === "allow" ? "narrow" : "wide";
  return {
    path: rule.path,
    effect: rule.effect,
    kind: "rule",
    because: rule.because,
    told: rule.told,
    basis: rule.basis,
    limit: rule.limit,
    duties: rule.duties,
    quiet: null,
    at: rule.at,
    interaction: rule.interaction,
    selects: (act) =>
      (rule.interaction === null || rule.interaction === act.interaction) &&
      selectsOperation(rule.operations, act.operation, reading) &&
      selects(world, rule, act, reading),
    condition: (act) => {
      const interaction = world.interactions.get(act.interaction) as Interaction;
      return [
        ...said(rule),
        ...until(rule.until),
        ...(rule.effect === "allow" ? until(interaction.until) : []),
        ...basisCondition(rule.basis),
        ...exceptionConditions(world, rule.exceptions, act, opposite(reading)),
      ];
    },
  };
}

function ofDenial(world: World, denial: ImpliedDenial): Bearing {
  return {
    path: denial.path,
    effect: "deny",
    kind: denial.kind,
    because: denial.because,
    told: null,
    basis: null,
    limit: null,
    duties: [],
    quiet: denial.quiet,
    at: denial.at,
    interaction: null,
    selects: (act) => selectsImplied(world, denial, act),
    condition: (act) => [denial.condition(act)],
  };
}

function said({ when, unless }: Pick<Exception, "when" | "unless">): readonly Expr[] {
  return [...(when === null ? [] : [when]), ...(unless === null ? [] : [not(unless)])];
}

function until(date: string | null): readonly Expr[] {
  return date === null ? [] : [{ op: "compare", operator: "<=", fact: "today", value: date }];
}

/** What a legal basis adds to a condition. */
export function basisCondition(basis: Basis | null): readonly Expr[] {
  switch (basis?.kind) {
    case "consent":
    case "explicit consent": {
      const explicit = basis.kind === "explicit consent";
      const { purpose } = basis;
      return [{ op: "consent", explicit, purpose }, not({ op: "objection", purpose })];
    }
    case "legitimate_interest":
    case "public_task":
      return [not({ op: "objection", purpose: null })];
    default:
      return [];
  }
}

/** The negation of each exception that selects the act; an exception's condition is formed as a rule's is. */
function exceptionConditions(
  world: World,
  exceptions: readonly Exception[],
  act: Act,
  reading: Reading,
): readonly Expr[] {
  return exceptions
    .filter((exception) => selects(world, exception, act, reading))
    .map((exception) =>
      not({
        op: "and",
        operands: [...said(exception), ...exceptionConditions(world, exception.exceptions, act, opposite(reading))],
      }),
    );
}

function not(operand: Expr): Expr {
  return { op: "not", operand };
}
