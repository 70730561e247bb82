import { behindComment, clauseOf, type Range, type Rule, removal } from "@scruple/syntax";
import * as lsp from "vscode-languageserver-types";
import type { Snapshot } from "../snapshot.ts";
import { indentAt } from "../words/indent-at.ts";
import { commentAt } from "./comment-at.ts";
import { action } from "./edits.ts";

/** Turns a comment before a rule, on its line or in it into what the rule tells: `told` of an allow, `because` of any. */
export function commentToClause(snapshot: Snapshot, range: Range): lsp.CodeAction[] {
  const { file } = snapshot;
  const comment = commentAt(file.tree, range.start);
  const rule = comment && ruleOf(snapshot, comment);
  if (!comment || !rule) return [];
  if (comment.words === "") return [];
  const words = rule.effect === "allow" ? (["told", "because"] as const) : (["because"] as const);
  return words
    .filter((word) => clauseOf(rule.clauses, word) === undefined)
    .flatMap((word) => {
      const at = placeOf(rule, word);
      const clause = `\n${indentAt(file.text, rule.start)}  ${word} ${JSON.stringify(comment.words)}`;
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
  const behind = rules.findLast(
    ({ end }) => end <= comment.start && !/[\r\n]/.test(file.text.slice(end, comment.start)),
  );
  const before = rules.find(({ start }) => comment.end <= start && /^\s*$/.test(file.text.slice(comment.end, start)));
  return inside ?? behind ?? before ?? null;
}

/** Behind the last clause that stands before it in the order of clauses. */
function placeOf(rule: Rule, word: "told" | "because"): number {
  const later = word === "told" ? ["because", "except"] : ["except"];
  const earlier = rule.clauses.filter(({ kind }) => !later.includes(kind));
  return earlier.reduce((end, clause) => Math.max(end, clause.end), rule.data.at(-1)?.end ?? rule.effectRange.end);
}
