import type { Expr, Node, Range } from "@scruple/syntax";
import * as lsp from "vscode-languageserver-types";
import { nodesAt } from "../nodes-at.ts";
import { type Snapshot, scopeOf } from "../snapshot.ts";
import { action } from "./edits.ts";

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
  const source = file.text.slice(expression.start, expression.end);
  const inner = expression.kind === "paren" ? source.slice(1, -1).trim() : source;
  const name = unusedName(snapshot);
  return action(snapshot, "Give this test a name", lsp.CodeActionKind.RefactorExtract, [
    { start: holder.start, end: holder.start, text: `condition ${name} = ${inner.replace(/\s+/g, " ")}\n\n` },
    { start: expression.start, end: expression.end, text: name },
  ]);
}

/** Whether it is the whole of a condition that has a name already. */
function isNamed(holder: Node, { start, end }: Range): boolean {
  return holder.kind === "condition" && holder.value.start === start && holder.value.end === end;
}

function unusedName(snapshot: Snapshot): string {
  const known = scopeOf(snapshot)?.tables.known;
  for (let count = 1; ; count++) {
    const name = count === 1 ? "new_condition" : `new_condition_${count}`;
    if (!known?.has(name)) return name;
  }
}
