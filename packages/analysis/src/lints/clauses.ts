import type { Exception, Expr, Rule } from "@scruple/model";

/** A condition as a rule or one of its exceptions says it. */
export interface ClauseOfRule {
  readonly expr: Expr;
  readonly clause: "when" | "unless";
  readonly exception: readonly number[];
  readonly key: string;
}

export function clausesOf(rule: Rule): readonly ClauseOfRule[] {
  const found: ClauseOfRule[] = [];
  const look = (
    { when, unless, exceptions }: Pick<Exception, "when" | "unless" | "exceptions">,
    exception: readonly number[],
  ): void => {
    if (when !== null) found.push({ expr: when, clause: "when", exception, key: `when ${exception}` });
    if (unless !== null) found.push({ expr: unless, clause: "unless", exception, key: `unless ${exception}` });
    for (const [index, inner] of exceptions.entries()) look(inner, [...exception, index]);
  };
  look(rule, []);
  return found;
}

/** Where each exception stands, an inner one after the one that it is an exception to: the order in which partitions number them. */
export function exceptionPaths(exceptions: readonly Exception[]): readonly (readonly number[])[] {
  return exceptions.flatMap((one, index) => [
    [index],
    ...exceptionPaths(one.exceptions).map((inner) => [index, ...inner]),
  ]);
}

export function withoutException(rule: Rule, path: readonly number[]): Rule {
  return Object.assign({}, rule, { exceptions: without(rule.exceptions, path) });
}
function without(exceptions: readonly Exception[], [index, ...rest]: readonly number[]): readonly Exception[] {
  if (rest.length === 0) return exceptions.filter((_, other) => other !== index);
  return exceptions.map((one, other) =>
    other === index ? Object.assign({}, one, { exceptions: without(one.exceptions, rest) }) : one,
  );
}
