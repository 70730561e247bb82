import { type ClauseOf, clauseOf, type Exception, type Rule } from "../tree.ts";
import type { Layout } from "./layout.ts";

/** Every clause of a rule is on a line of its own. `indent` is that of the rule's first line. */
export function layOutRule(rule: Rule, indent: number, layout: Layout): void {
  for (const clause of rule.clauses) {
    layout.line(layout.tokenFrom(clause.start), indent + 2, "none");
    if (clause.kind === "except") layOutExceptions(clause, indent + 2, layout);
  }
}

/** Exceptions between braces are on a line each if there are several of them, or braces inside them. */
function layOutExceptions(clause: ClauseOf<"except">, indent: number, layout: Layout): void {
  const brace = layout.tokenFrom(clause.keyword.end);
  const isBraced = brace?.image === "{";
  if (!isBraced || !takesLines(clause)) {
    for (const exception of clause.exceptions) layOutInner(exception, indent, layout);
    return;
  }
  for (const [place, exception] of clause.exceptions.entries()) {
    const more = { hanging: indent + 6 };
    layout.line(layout.tokenFrom(exception.start), indent + 2, place === 0 ? "first" : "keep", more);
    layOutInner(exception, indent + 2, layout);
  }
  layout.line(layout.tokenUpTo(clause.end), indent, "last", { commentIndent: indent + 2 });
}

function layOutInner({ clauses }: Exception, indent: number, layout: Layout): void {
  const inner = clauseOf(clauses, "except");
  if (inner !== undefined) layOutExceptions(inner, indent, layout);
}

function takesLines({ exceptions }: ClauseOf<"except">): boolean {
  return exceptions.length > 1 || exceptions.some(({ clauses }) => clauses.some(({ kind }) => kind === "except"));
}
