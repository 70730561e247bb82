import { pathText, spell } from "@scruple/compiler";
import { aboveComments, type Node, type Range } from "@scruple/syntax";
import * as lsp from "vscode-languageserver-types";
import { nodesAt } from "../nodes-at.ts";
import type { Snapshot } from "../snapshot.ts";
import { action } from "./edits.ts";
import { factType } from "./fact-type.ts";

/**
 * What is declared for a name of a kind that is nowhere; `$` stands for the name, `%` for the type. What a condition is to mean, nobody
 * but its author knows: until it is written, the policy is in error. Any value would allow something, or take a denial away.
 */
const forms: ReadonlyMap<string, readonly string[]> = new Map([
  ["purpose", ["purpose $"]],
  ["channel", ["channel $ reaches customer"]],
  ["recipient", ["recipient $"]],
  ["duty", ["duty $"]],
  ["category", ["category $"]],
  ["data", ["category $", "source $ provided {\n}"]],
  ["fact", ["condition $ =", "facts {\n  $ : %\n}"]],
  ["interaction", ["interaction $ {\n}"]],
]);

/** A declaration for a name that is not declared, before the declaration that names it. */
export function declareName(snapshot: Snapshot, range: Range): lsp.CodeAction[] {
  const { file } = snapshot;
  return snapshot
    .findings()
    .filter(({ code, start, end }) => code === "SCR2004" && start <= range.end && end >= range.start)
    .flatMap(({ start, message }) => {
      const around = nodesAt(file.tree.file, start);
      const path = around.findLast((node) => node.kind === "path");
      const holder = file.tree.file.declarations.find((one) => one.start <= start && start <= one.end);
      const before = holder && aboveComments(file.text, file.tree.tokens, holder.start);
      if (path?.kind !== "path" || path.parts.length !== 1 || before === undefined) return [];
      const kind = [...forms.keys()].find((one) => message.startsWith(`No ${one}`)) ?? kindAround(around);
      const type = factType(snapshot, around, path);
      const isTest = type === "bool" && !around.some((node) => node.kind === "givenValue");
      const name = pathText(path);
      const words = { $: spell(name), "%": type ?? "" };
      return (forms.get(kind ?? "") ?? []).flatMap((form) => {
        if ((form.includes("%") && type === null) || (form.startsWith("condition") && !isTest)) return [];
        const text = `${form.replace(/[$%]/g, (mark) => words[mark as keyof typeof words])}\n\n`;
        const title = `Declare the ${form.slice(0, form.indexOf(" ")).replace("facts", "fact")} \`${name}\``;
        return action(snapshot, title, lsp.CodeActionKind.QuickFix, [{ start: before, end: before, text }]);
      });
    });
}

/** Where the message names several kinds, the place says which. */
function kindAround(around: readonly Node[]): string | null {
  if (around.some(({ kind }) => kind === "ref")) return "fact";
  return around.some(({ kind }) => kind === "rule" || kind === "promiseLine" || kind === "exception") ? "data" : null;
}
