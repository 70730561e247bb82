import * as syntax from "@scruple/syntax";
import type { Unit } from "../unit.ts";

/** A path as written, without backticks and space: `std.purposes.customer_care`. */
export function pathText(path: syntax.Path): string {
  const { parts } = path;
  return parts.length === 1 ? parts[0]!.text : parts.map((part) => part.text).join(".");
}

/** True where a part of the path is missing: the parser has reported that, and nothing more can be said of it. */
export function isIncomplete(path: syntax.Path): boolean {
  return path.parts.some((part) => part.text === "");
}

/** A dotted name as source text, with backticks where it needs them: a keyword may be taken for one, but beside a dot. */
export function spell(dotted: string): string {
  return syntax.isReserved(dotted) ? `\`${dotted}\`` : dotted.split(".").map(spellPart).join(".");
}

/** A name as source text where no keyword can stand: beside a dot, or before a colon. */
export function spellPart(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``;
}

/** The path of a rule as source text: `policy/interaction.rule`, where `#2` stands for a rule without a name. */
export function spellRulePath(path: string): string {
  const [rule, policy] = path.split("/").reverse() as [string, string?];
  const parts = rule.split(".").map((part) => (part.startsWith("#") ? part : spellPart(part)));
  return `${policy === undefined ? "" : `${spell(policy)}/`}${parts.length === 1 ? spell(rule) : parts.join(".")}`;
}

/** The edit that writes something else in the place of what stands there. */
export function replaceFix(range: syntax.Range, text: string): syntax.Fix {
  return { title: `Write \`${text}\``, edits: [{ start: range.start, end: range.end, text }] };
}

/**
 * The edit that adds a `use` below those of the file, or below its policy's name; null where there is neither. What ends in a dot would
 * go on with it.
 */
export function addUseFix(unit: Pick<Unit, "tree">, policy: string): syntax.Fix | null {
  const { file, text: whole } = unit.tree;
  const line = syntax.lineBreakOf(whole);
  let after: syntax.Range | null = file.policy && !isIncomplete(file.policy.name) ? file.policy : null;
  let separator = `${line}${line}`;
  for (const node of file.declarations) {
    if (node.kind !== "use" || isIncomplete(node.policy)) continue;
    after = node;
    separator = line;
  }
  if (!after || after.end <= after.start) return null;
  const use = `use ${spell(policy)}`;
  const at = syntax.behindComment(whole, after.end);
  return { title: `Add \`${use}\``, edits: [{ start: at, end: at, text: separator + use }] };
}
