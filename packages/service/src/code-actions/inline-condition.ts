import type { CheckedFile, ConditionSymbol } from "@scruple/compiler";
import { behindComment, type Expr, type Range, removal } from "@scruple/syntax";
import * as lsp from "vscode-languageserver-types";
import { usesOf } from "../locations.ts";
import { nameAt } from "../names/name-at.ts";
import type { Snapshot } from "../snapshot.ts";
import { listed } from "../words/listed.ts";
import { commentsIn } from "../words/written.ts";
import { action, type ProjectEdit } from "./edits.ts";
import { isWhole, testIn } from "./moved-condition.ts";

/** Writes the test of a condition where the condition is named: there alone, or everywhere, and then without the condition. */
export function inlineCondition(snapshot: Snapshot, range: Range): lsp.CodeAction[] {
  const { file, program } = snapshot;
  const use = nameAt(snapshot, range.start);
  if (use?.entity.kind !== "symbol" || use.entity.symbol.kind !== "condition") return [];
  const { symbol } = use.entity;
  const { unit, node, name } = symbol;
  if (unit.std || !isWhole(unit.text.slice(node.value.start, node.value.end))) return [];
  const inline = (title: string, edits: readonly (ProjectEdit | null)[]) =>
    edits.every((edit) => edit !== null) ? action(snapshot, title, lsp.CodeActionKind.RefactorInline, edits) : [];
  const uses = usesOf(program, use.entity).filter((one) => !one.use.declares);
  const whole = wholeTest(symbol);
  const everywhere = [
    ...uses.map((one) => writing(snapshot, symbol, whole, one.file, one.use)),
    { file: unit.path, ...removal(unit.text, { start: node.start, end: whole.end }) },
  ];
  return [
    ...(use.declares
      ? []
      : inline(`Write the test of \`${name}\` here`, [writing(snapshot, symbol, node.value, file, use)])),
    ...inline(`Write the test of \`${name}\` wherever it is named, and delete it${withWhat(symbol)}`, everywhere),
  ];
}

/** The edit that writes a test in the place of a name; null where it would mean something else there. */
function writing(
  snapshot: Snapshot,
  symbol: ConditionSymbol,
  test: Range,
  at: CheckedFile,
  { start, end }: Range,
): ProjectEdit | null {
  const text = testIn(snapshot, at, symbol, test);
  if (text === null) return null;
  const { value } = symbol.node;
  const name = { start: startOfName(at, start), end };
  const isAlone = test.start === value.start && test.end === value.end;
  return {
    file: at.path,
    ...name,
    text:
      commentsIn(at.tree, name) + (isAlone && isAtom(value) ? text : `(${text}${test.end > value.end ? "\n" : ""})`),
  };
}

/** The test with the comments before and behind it, which would be lost with the condition. */
function wholeTest({ unit, node }: ConditionSymbol): Range {
  const { start, end } = node.value;
  const before = unit.tree.tokens.findLast(({ type, end }) => type !== "comment" && end <= start);
  const first = unit.tree.tokens.find((token) => token.start >= (before?.end ?? start));
  return { start: first?.start ?? start, end: behindComment(unit.text, end) };
}

/** What else is lost with the condition, to be said before it is. */
function withWhat(symbol: ConditionSymbol): string {
  const { node, unit } = symbol;
  const head = { start: node.start, end: wholeTest(symbol).start };
  const said = [
    ...(node.docs.length > 0 ? ["documentation"] : []),
    ...(node.annotations.length > 0 ? ["annotations"] : []),
    ...(unit.tree.tokens.some((one) => one.type === "comment" && one.start >= head.start && one.end <= head.end)
      ? ["comments"]
      : []),
  ];
  return said.length === 0 ? "" : ` with its ${listed(said)}`;
}

function isAtom({ kind }: Expr): boolean {
  return kind === "ref" || kind === "paren" || kind === "bool" || kind === "contains";
}

/** A qualified name begins with its policy. */
function startOfName({ text, tree }: CheckedFile, start: number): number {
  const tokens = tree.tokens.filter(({ type }) => type !== "comment" && type !== "doc");
  let place = tokens.findIndex((token) => token.start === start);
  while (place > 1 && text[tokens[place - 1]!.start] === ".") place -= 2;
  return tokens[place]?.start ?? start;
}
