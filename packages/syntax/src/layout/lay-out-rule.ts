import { type ClauseOf, clauseOf, type Exception, type Range, type Rule } from "../tree.ts";
import type { Layout } from "./layout.ts";
import { lineWidth } from "./spacing.ts";

/** Every clause of a rule is on a line of its own. `indent` is that of the rule's first line. */
export function layOutRule(rule: Rule, indent: number, layout: Layout): void {
  for (const clause of rule.clauses) {
    layout.line(layout.tokenFrom(clause.start), indent + 2, "none");
    if (clause.kind === "except") layOutExceptions(clause, { start: clause.start, indent: indent + 2 }, layout);
  }
}

/** The line that something begins on: the offset of its first token, and the columns before it. */
interface Line {
  readonly start: number;
  readonly indent: number;
}

/** Exceptions between braces are on a line each if there are several of them, braces inside them, or no room. */
function layOutExceptions(clause: ClauseOf<"except">, line: Line, layout: Layout): void {
  const brace = layout.tokenFrom(clause.keyword.end);
  if (brace?.image !== "{" || !takesLines(clause, line, layout)) {
    for (const exception of clause.exceptions) layOutInner(exception, line, layout);
    return;
  }
  const indent = line.indent + 2;
  for (const [place, exception] of clause.exceptions.entries()) {
    layout.line(layout.tokenFrom(exception.start), indent, place === 0 ? "first" : "keep", { hanging: indent + 4 });
    layOutInner(exception, { start: exception.start, indent }, layout);
  }
  layout.line(layout.tokenUpTo(clause.end), line.indent, "last", { commentIndent: indent });
}

function layOutInner({ clauses }: Exception, line: Line, layout: Layout): void {
  const inner = clauseOf(clauses, "except");
  if (inner !== undefined) layOutExceptions(inner, line, layout);
}

function takesLines(clause: ClauseOf<"except">, { start, indent }: Line, layout: Layout): boolean {
  const { exceptions } = clause;
  if (exceptions.length > 1 || exceptions.some(({ clauses }) => clauseOf(clauses, "except") !== undefined)) return true;
  const whole: Range = { start, end: clause.end };
  return indent + layout.width(whole) > lineWidth;
}
