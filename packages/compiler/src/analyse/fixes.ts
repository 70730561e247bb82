import type { LintFinding } from "@scruple/analysis";
import type { Fix } from "@scruple/syntax";
import type { Located, Places } from "./places.ts";

/** The one sane repair of a finding, where there is one. */
export function fixesFor({ lint, at }: LintFinding, { unit, range }: Located, places: Places): readonly Fix[] {
  if (lint === "redundant-rule" && at.kind === "rule") {
    const node = places.rule(at.path)?.node;
    return node === undefined ? [] : [removal("Delete the rule", unit.text, node)];
  }
  const isIdle =
    at.kind === "clause" &&
    at.exception.length === 0 &&
    (lint === "condition-always-true") === (at.clause === "when") &&
    (lint === "condition-always-true" || lint === "condition-always-false");
  return isIdle ? [removal(`Remove \`${at.clause}\``, unit.text, range)] : [];
}

/** Takes something out, with the space before it. */
function removal(title: string, text: string, { start, end }: { readonly start: number; readonly end: number }): Fix {
  let from = start;
  while (from > 0 && /\s/.test(text[from - 1]!)) from--;
  return { title, edits: [{ start: from, end, text: "" }] };
}
