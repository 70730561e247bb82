import {
  type Act,
  basisCondition,
  type Exception,
  type Expr,
  opposite,
  type Reading,
  type Rule,
  selects,
  type World,
} from "@scruple/model";

/** One condition of a rule, and the words that a report names it by. */
export interface RuleCondition {
  /** `when`, `under consent`, `except 2 › unless`: unique within the rule. */
  readonly label: string;
  readonly expr: Expr;
  /** Whether an act that the rule selects comes to this condition. */
  readonly reached: (act: Act) => boolean;
}

/** The conditions that a rule's author wrote, those of its exceptions included. */
export function ruleConditions(world: World, rule: Rule): readonly RuleCondition[] {
  const reading: Reading = rule.effect === "allow" ? "narrow" : "wide";
  const always = () => true;
  const basis = basisCondition(rule.basis);
  return [
    ...said(rule, "", always),
    ...(rule.until === null
      ? []
      : [
          {
            label: "until",
            expr: { op: "compare", operator: "<=", fact: "today", value: rule.until } as const,
            reached: always,
          },
        ]),
    ...(basis.length === 0
      ? []
      : [{ label: `under ${rule.basis?.text}`, expr: { op: "and", operands: basis } as const, reached: always }]),
    ...inExceptions(world, rule.exceptions, "", opposite(reading), always),
  ];
}

function said(
  part: Pick<Exception, "when" | "unless">,
  prefix: string,
  reached: RuleCondition["reached"],
): RuleCondition[] {
  return [
    ...(part.when === null ? [] : [{ label: `${prefix}when`, expr: part.when, reached }]),
    ...(part.unless === null ? [] : [{ label: `${prefix}unless`, expr: part.unless, reached }]),
  ];
}

function inExceptions(
  world: World,
  exceptions: readonly Exception[],
  prefix: string,
  reading: Reading,
  outer: RuleCondition["reached"],
): RuleCondition[] {
  return exceptions.flatMap((exception, index) => {
    const label = `${prefix}except ${exceptions.length > 1 ? `${index + 1} ` : ""}› `;
    const reached = (act: Act) => outer(act) && selects(world, exception, act, reading);
    return [
      ...said(exception, label, reached),
      ...inExceptions(world, exception.exceptions, label, opposite(reading), reached),
    ];
  });
}
