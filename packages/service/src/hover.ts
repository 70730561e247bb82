import type * as lsp from "vscode-languageserver-types";
import { keywordMeanings } from "./completion/keyword-meanings.ts";
import { nameAt } from "./names/name-at.ts";
import { nodeAt } from "./nodes-at.ts";
import { toOffset, toRange } from "./positions.ts";
import type { Snapshot } from "./snapshot.ts";
import { clauseForms } from "./words/clause-forms.ts";
import { describeEntity } from "./words/describe-entity.ts";
import { describeRule } from "./words/describe-rule.ts";

/** What is to be said of the name, the rule or the keyword at a position. */
export function hover(snapshot: Snapshot, position: lsp.Position): lsp.Hover | null {
  const { file } = snapshot;
  const offset = toOffset(file, position);
  const rule = nodeAt(file.tree.file, offset, "rule");
  const effect = rule?.effectRange;
  if (rule && effect && effect.start <= offset && offset <= effect.end)
    return said(snapshot, effect, describeRule(snapshot, rule));
  const use = nameAt(snapshot, offset);
  if (use?.entity.kind === "symbol" && use.entity.symbol.kind === "rule" && use.declares && rule)
    return said(snapshot, use, describeRule(snapshot, rule));
  if (use !== null) return said(snapshot, use, describeEntity(snapshot, use.entity));
  return onKeyword(snapshot, offset);
}

function onKeyword(snapshot: Snapshot, offset: number): lsp.Hover | null {
  const { text, tree } = snapshot.file;
  const token = tree.tokens.find(({ start, end }) => start <= offset && offset < end);
  if (token?.type !== "keyword") return null;
  const word = text.slice(token.start, token.end);
  const clause = nodeAt(tree.file, token.start, ...([...clauseForms.keys()] as "when"[]));
  const form = clause?.start === token.start ? clauseForms.get(clause.kind) : undefined;
  if (form !== undefined) return said(snapshot, token, `\`\`\`scruple\n${form.label}\n\`\`\`\n\n${form.means}`);
  const isUse = nodeAt(tree.file, token.start, "use")?.start === token.start;
  const meaning = keywordMeanings.get(isUse ? `useDeclaration ${word}` : word);
  return meaning === undefined ? null : said(snapshot, token, `\`${word}\`: ${meaning}.`);
}

function said({ file }: Snapshot, at: { readonly start: number; readonly end: number }, value: string): lsp.Hover {
  return { contents: { kind: "markdown", value }, range: toRange(file.lines, at) };
}
