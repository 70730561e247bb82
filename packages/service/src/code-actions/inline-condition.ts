import type { CheckedFile } from "@scruple/compiler";
import { behindComment, type Expr, type Range, removal } from "@scruple/syntax";
import * as lsp from "vscode-languageserver-types";
import { usesOf } from "../locations.ts";
import { nameAt } from "../names/name-at.ts";
import type { Snapshot } from "../snapshot.ts";
import { moved } from "../words/written.ts";
import { action, type ProjectEdit } from "./edits.ts";

/** Writes the test of a condition where the condition is named: there alone, or everywhere, and then without the condition. */
export function inlineCondition(snapshot: Snapshot, range: Range): lsp.CodeAction[] {
  const { file, program } = snapshot;
  const use = nameAt(snapshot, range.start);
  if (use?.entity.kind !== "symbol" || use.entity.symbol.kind !== "condition") return [];
  const { unit, node, name } = use.entity.symbol;
  if (unit.std || node.value.kind === "missing") return [];
  const test = (at: CheckedFile, { start, end }: Range): ProjectEdit => ({
    file: at.path,
    start: startOfName(at, start),
    end,
    text: parenthesized(node.value, moved(unit.text, node.value)),
  });
  const uses = usesOf(program, use.entity).filter((one) => !one.use.declares);
  const everywhere = [
    ...uses.map((one) => test(one.file, one.use)),
    { file: unit.path, ...removal(unit.text, { start: node.start, end: behindComment(unit.text, node.end) }) },
  ];
  const here = use.declares
    ? []
    : action(snapshot, `Write the test of \`${name}\` here`, lsp.CodeActionKind.RefactorInline, [test(file, use)]);
  const title = `Write the test of \`${name}\` wherever it is named, and delete it`;
  return [...here, ...action(snapshot, title, lsp.CodeActionKind.RefactorInline, everywhere)];
}

function parenthesized({ kind }: Expr, text: string): string {
  const isAtom = kind === "ref" || kind === "paren" || kind === "bool" || kind === "contains";
  return isAtom ? text : `(${text})`;
}

/** A qualified name begins with its policy. */
function startOfName({ text, tree }: CheckedFile, start: number): number {
  const tokens = tree.tokens.filter(({ type }) => type !== "comment" && type !== "doc");
  let place = tokens.findIndex((token) => token.start === start);
  while (place > 1 && text[tokens[place - 1]!.start] === ".") place -= 2;
  return tokens[place]?.start ?? start;
}
