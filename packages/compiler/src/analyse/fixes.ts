import type { LintFinding, Place } from "@scruple/analysis";
import { behindComment, type Fix, type Range, removal } from "@scruple/syntax";
import type { Unit } from "../unit.ts";
import type { Located, Places } from "./places.ts";

/** The one sane repair of a finding, where there is one. @param units Other files that it depends on are added to these. */
export function fixesFor(
  { lint, at }: LintFinding,
  { unit, range }: Located,
  places: Places,
  units: Set<Unit>,
): readonly Fix[] {
  if (lint === "redundant-rule" && at.kind === "rule") {
    const rule = places.rule(at.path);
    // Tests may come to stand in any of them.
    for (const one of places.units) units.add(one);
    if (rule === undefined || places.isToldInTests(rule)) return [];
    return [taking("Delete the rule", unit.text, withComment(unit.text, rule.node))];
  }
  const isIdle =
    (at.kind === "line" || (at.kind === "clause" && isOfDenial(at, places))) &&
    (lint === "condition-always-true") === (at.clause === "when") &&
    (lint === "condition-always-true" || lint === "condition-always-false");
  return isIdle ? [taking(`Remove \`${at.clause}\``, unit.text, range)] : [];
}

/** What is unknown stops no denial, so without the clause it denies what it denies with it; an allow would allow more. */
function isOfDenial({ path, exception }: Extract<Place, { readonly kind: "clause" }>, places: Places): boolean {
  return exception.length === 0 && places.rule(path)?.node.effect === "deny";
}

function taking(title: string, text: string, range: Range): Fix {
  return { title, edits: [removal(text, range)] };
}

/** A rule with the comment behind it, which says nothing of what stands around; not where a line holds several rules. */
function withComment(text: string, { start, end }: Range): Range {
  const line = Math.max(text.lastIndexOf("\n", start - 1), text.lastIndexOf("\r", start - 1)) + 1;
  if (text.slice(line, start).trim() !== "") return { start, end };
  return { start, end: behindComment(text, end) };
}
