import { aboveComments, type Expr, type Node, type Range } from "@scruple/syntax";
import * as lsp from "vscode-languageserver-types";
import { nodesAt } from "../nodes-at.ts";
import type { Snapshot } from "../snapshot.ts";
import { moved } from "../words/written.ts";
import { action } from "./edits.ts";
import { isWhole } from "./moved-condition.ts";

const tests: ReadonlySet<string> = new Set<Expr["kind"]>([
  ...(["and", "or", "not", "compare", "in", "contains", "paren"] as const),
]);

/** Gives the test that is selected, or around the cursor, a name of its own. */
export function extractCondition(snapshot: Snapshot, range: Range): lsp.CodeAction[] {
  const { file } = snapshot;
  const around = nodesAt(file.tree.file, range.start);
  const holder = file.tree.file.declarations.find((one) => one.start <= range.start && range.start <= one.end);
  const expression = around
    .filter(({ kind }) => tests.has(kind))
    .findLast(({ start, end }) => start <= range.start && range.end <= end);
  if (holder === undefined || expression === undefined || isNamed(holder, expression)) return [];
  const before = aboveComments(file.text, file.tree.tokens, holder.start);
  const { start, end } = expression;
  if (!isWhole(file.text.slice(start, end))) return [];
  const inner = expression.kind === "paren" ? { start: start + 1, end: end - 1 } : { start, end };
  const name = unusedName(snapshot);
  return action(snapshot, "Give this test a name", lsp.CodeActionKind.RefactorExtract, [
    { start: before, end: before, text: `condition ${name} = ${moved(file.text, inner)}\n\n` },
    { start, end, text: apart(file.text, { start, end }, name) },
  ]);
}

/** A word that takes the place of something, such as a parenthesis, that other words may touch. */
function apart(text: string, { start, end }: Range, word: string): string {
  return `${/\w/.test(text[start - 1] ?? "") ? " " : ""}${word}${/\w/.test(text[end] ?? "") ? " " : ""}`;
}

/** Whether it is the whole of a condition that has a name already. */
function isNamed(holder: Node, { start, end }: Range): boolean {
  return holder.kind === "condition" && holder.value.start === start && holder.value.end === end;
}

/** A name that nothing has in any policy: in those that use this one, a name of two policies would mean neither. */
function unusedName({ program }: Snapshot): string {
  const scopes = [...program.scopes.values()];
  for (let count = 1; ; count++) {
    const name = count === 1 ? "new_condition" : `new_condition_${count}`;
    if (!scopes.some(({ tables }) => tables.known.has(name))) return name;
  }
}
