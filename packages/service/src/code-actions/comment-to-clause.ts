import { behindComment, clauseOf, type Range, type Rule, removal } from "@scruple/syntax";
import * as lsp from "vscode-languageserver-types";
import type { Snapshot } from "../snapshot.ts";
import { indentAt } from "../words/indent-at.ts";
import { action } from "./edits.ts";

/** Turns a comment before a rule, on its line or in it into what the rule tells: `told` of an allow, `because` of any. */
export function commentToClause(snapshot: Snapshot, range: Range): lsp.CodeAction[] {
  const { file } = snapshot;
  const comment = file.tree.tokens.find(
    ({ type, start, end }) => (type === "comment" || type === "doc") && start <= range.start && range.start <= end,
  );
  const rule = comment && ruleOf(snapshot, comment);
  if (!comment || !rule) return [];
  const text = file.text
    .slice(comment.start, comment.end)
    .replace(/^\/\/\/?|^\/\*|\*\/$/g, "")
    .replace(/\s+/g, " ")
    .trim();
  if (text === "") return [];
  const words = rule.effect === "allow" ? (["told", "because"] as const) : (["because"] as const);
  return words
    .filter((word) => clauseOf(rule.clauses, word) === undefined)
    .flatMap((word) => {
      const at = placeOf(rule, word);
      const clause = `\n${indentAt(file.text, rule.start)}  ${word} ${JSON.stringify(text)}`;
      const gone = removal(file.text, comment);
      const place = behindComment(file.text, at);
      const edits =
        gone.start === at
          ? [{ ...gone, text: clause + gone.text }]
          : [gone, { start: place, end: place, text: clause }];
      return action(snapshot, `Make it the \`${word}\` of the rule`, lsp.CodeActionKind.RefactorRewrite, edits);
    });
}

/** The rule that a comment is about: the one that it is in or on the line of, or that follows it. */
function ruleOf({ file }: Snapshot, comment: Range): Rule | null {
  const rules = file.tree.file.declarations.flatMap((one) =>
    one.kind === "rule" ? [one] : one.kind === "interaction" ? one.rules : [],
  );
  const inside = rules.find(({ start, end }) => start <= comment.start && comment.end <= end);
  const behind = rules.find(({ end }) => end <= comment.start && !file.text.slice(end, comment.start).includes("\n"));
  const before = rules.find(({ start }) => comment.end <= start && /^\s*$/.test(file.text.slice(comment.end, start)));
  return inside ?? behind ?? before ?? null;
}

/** Behind the last clause that stands before it in the order of clauses. */
function placeOf(rule: Rule, word: "told" | "because"): number {
  const later = word === "told" ? ["because", "except"] : ["except"];
  const earlier = rule.clauses.filter(({ kind }) => !later.includes(kind));
  return earlier.reduce((end, clause) => Math.max(end, clause.end), rule.data.at(-1)?.end ?? rule.effectRange.end);
}
