import type { NamedSymbol, Program } from "@scruple/compiler";
import type { Annotation, Decorated, Range } from "@scruple/syntax";
import { declarationsOf, usesOf } from "../locations.ts";
import { type Entity, nounOf } from "../names/entity.ts";
import { lastUpTo } from "../names/last-up-to.ts";
import { meantBy } from "../names/meant-by.ts";
import type { Snapshot } from "../snapshot.ts";
import { declarationText } from "./declaration-text.ts";
import { listed } from "./listed.ts";

/** Markdown: how it is declared, its documentation, what other vocabularies call it, and where it stands among others. */
export function describeEntity({ program }: Snapshot, entity: Entity): string {
  const parts: string[] = [];
  for (const { file, whole, name } of declarationsOf(program, entity).slice(0, 3)) {
    parts.push(fence(declarationText(file.text, whole, name)));
    if ("docs" in whole) parts.push(...documentation(whole as unknown as Decorated));
  }
  if (parts.length === 0) parts.push(nounOf(entity));
  if (entity.kind === "symbol") parts.push(...surroundings(program, entity.symbol));
  return parts.join("\n\n");
}

export function fence(source: string): string {
  return `\`\`\`scruple\n${source}\n\`\`\``;
}

/** The documentation of a declaration, and its annotations in words. */
export function documentation({ docs, annotations }: Pick<Decorated, "docs" | "annotations">): readonly string[] {
  const text = docs
    .map((doc) => doc.text)
    .join("\n")
    .trim();
  const mapped = annotations.flatMap((annotation) => inWords(annotation));
  return [...(text === "" ? [] : [text]), ...(mapped.length === 0 ? [] : [mapped.join("  \n")])];
}

const vocabularies: Readonly<Record<string, string>> = {
  dpv: "W3C Data Privacy Vocabulary",
  fides: "Fides taxonomy",
  tcf: "IAB Transparency and Consent Framework",
  id: "Id",
  owner: "Owner",
  review: "To be reviewed by",
};

function inWords({ name, args }: Annotation): readonly string[] {
  const label = vocabularies[name.text];
  const values = args.map((arg) => ("value" in arg ? `\`${arg.value}\`` : ""));
  return label === undefined || values.length === 0 ? [] : [`*${label}:* ${values.join(", ")}`];
}

/** Whether it is special, what stands within it, and which rules name it. */
function surroundings(program: Program, symbol: NamedSymbol): readonly string[] {
  const special = specialBy(program, symbol);
  const inside: string[] = [];
  const rules: string[] = [];
  for (const { file, use } of usesOf(program, { kind: "symbol", symbol })) {
    if (use.declares) continue;
    const holder = around(use, file.tree.file.declarations);
    if (holder === null) continue;
    if (holder.kind === "rule") rules.push(holder.name?.text ?? "");
    else if (holder.kind === "interaction") {
      const rule = around(use, holder.rules);
      if (rule !== null) rules.push(`${holder.name.text}.${rule.name?.text ?? `#${holder.rules.indexOf(rule) + 1}`}`);
    } else if (holder.kind === symbol.kind && "within" in holder) inside.push(holder.name.text);
  }
  const named = [...new Set(rules)].map((path) => `\`${path}\``);
  return [
    ...(special === null ? [] : [special]),
    ...(inside.length === 0 ? [] : [`Within it: ${listed(inside.map((name) => `\`${name}\``))}.`]),
    // Of some files of such a program the rules are not known.
    ...(named.length === 0 || !program.isWhole ? [] : [`Named by ${listed(named)}.`]),
  ];
}

/** The one of some nodes, sorted by place and beside each other, that holds a range. */
function around<N extends Range>({ start, end }: Range, nodes: readonly N[]): N | null {
  const last = lastUpTo(nodes, start);
  return last !== undefined && end <= last.end ? last : null;
}

/** Why data is special: it says so, or something that it is within does. */
function specialBy(program: Program, symbol: NamedSymbol): string | null {
  if (symbol.kind !== "category" && symbol.kind !== "field") return null;
  const seen = new Set<NamedSymbol>();
  const pending: NamedSymbol[] = [symbol];
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    if (one.kind === "category" && one.node.special !== null)
      return one === symbol ? "It is special." : `It is special, since \`${one.name}\` is.`;
    const paths = one.kind === "field" ? one.node.categories : one.kind === "category" ? one.node.within : [];
    pending.push(...meantBy(program, one.unit.path, paths));
  }
  return null;
}
