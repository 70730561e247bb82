import type { Range } from "@scruple/syntax";
import * as lsp from "vscode-languageserver-types";
import { nodesAt } from "../nodes-at.ts";
import type { Snapshot } from "../snapshot.ts";
import { indentAt } from "../words/indent-at.ts";
import { action } from "./edits.ts";

/** Findings of logic and privacy can be settled before what they concern, with a reason to be written. */
export function acceptFinding(snapshot: Snapshot, range: Range): lsp.CodeAction[] {
  const { file } = snapshot;
  return snapshot
    .findings()
    .filter(({ code, start, end }) => /^SCR[45]/.test(code) && start <= range.end && end >= range.start)
    .flatMap(({ name, start }) => {
      const holder = nodesAt(file.tree.file, start).findLast((node) => "annotations" in node);
      if (holder === undefined || name === "unneeded-accept" || name === "too-complex") return [];
      const at = Math.max(holder.start, ...holder.docs.map(({ end }) => end));
      const from = at === holder.start ? at : at + (/^\s*/.exec(file.text.slice(at))?.[0].length ?? 0);
      const text = `@accept(${JSON.stringify(name)}, "why this is right")\n${indentAt(file.text, from)}`;
      return action(snapshot, `Accept \`${name}\`, with a reason`, lsp.CodeActionKind.QuickFix, [
        { start: from, end: from, text },
      ]);
    });
}
