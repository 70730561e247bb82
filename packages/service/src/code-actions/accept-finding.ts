import type { Range } from "@scruple/syntax";
import * as lsp from "vscode-languageserver-types";
import type { Snapshot } from "../snapshot.ts";
import { indentAt } from "../words/indent-at.ts";
import { action } from "./edits.ts";

/** Findings of logic and privacy can be settled before the declaration or rule that they concern, with a reason to be written. */
export function acceptFinding(snapshot: Snapshot, range: Range): lsp.CodeAction[] {
  const { file } = snapshot;
  return snapshot
    .findings()
    .filter(({ code, start, end }) => /^SCR[45]/.test(code) && start <= range.end && end >= range.start)
    .flatMap(({ name, start }) => {
      const declaration = file.tree.file.declarations.find((one) => one.start <= start && start <= one.end);
      if (declaration === undefined || name === "unneeded-accept" || name === "too-complex") return [];
      const rules = declaration.kind === "interaction" ? declaration.rules : [];
      const holder = rules.find((one) => one.start <= start && start <= one.end) ?? declaration;
      const at = Math.max(holder.start, ...holder.docs.map(({ end }) => end));
      const from = at === holder.start ? at : at + (/^\s*/.exec(file.text.slice(at))?.[0].length ?? 0);
      const text = `@accept(${JSON.stringify(name)}, "why this is right")\n${indentAt(file.text, from)}`;
      return action(snapshot, `Accept \`${name}\`, with a reason`, lsp.CodeActionKind.QuickFix, [
        { start: from, end: from, text },
      ]);
    });
}
