import type { CheckedFile } from "@scruple/compiler";
import type { Expr, Range, TextEdit } from "@scruple/syntax";
import * as lsp from "vscode-languageserver-types";
import { usesOf } from "../locations.ts";
import { nameAt } from "../names/name-at.ts";
import type { Snapshot } from "../snapshot.ts";
import { written } from "../words/written.ts";
import { action } from "./edits.ts";

/** Writes the test of a condition where the condition is named: there alone, or everywhere, and then without the condition. */
export function inlineCondition(snapshot: Snapshot, range: Range): lsp.CodeAction[] {
  const { file, program } = snapshot;
  const use = nameAt(snapshot, range.start);
  if (use?.entity.kind !== "symbol" || use.entity.symbol.kind !== "condition") return [];
  const { unit, node, name } = use.entity.symbol;
  if (unit.std || node.value.kind === "missing") return [];
  const test = ({ path, text }: CheckedFile, at: Range): TextEdit => ({
    file: path,
    start: startOfName(text, at.start),
    end: at.end,
    text: parenthesized(node.value, written(unit.text, node.value)),
  });
  const uses = usesOf(program, use.entity).filter((one) => !one.use.declares);
  const everywhere = [
    ...uses.map((one) => test(one.file, one.use)),
    { file: unit.path, ...withSpace(unit.text, node), text: "" },
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
function startOfName(text: string, start: number): number {
  const before = /(?:(?:[A-Za-z_]\w*|`[^`\r\n]*`)\s*\.\s*)+$/.exec(text.slice(Math.max(0, start - 200), start));
  return start - (before?.[0].length ?? 0);
}

/** A declaration with the empty lines behind it. */
function withSpace(text: string, { start, end }: Range): Range {
  return { start, end: end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0) };
}
