import { type DecisionSpace, smallestWitness, TooLargeError, whereDecides, wireFacts } from "@scruple/analysis";
import type { Program } from "@scruple/compiler";
import { evaluator } from "@scruple/model";
import type { Range } from "@scruple/syntax";
import { askable, requestOf, writeTest } from "@scruple/testing";
import * as lsp from "vscode-languageserver-types";
import { nodeAt } from "../nodes-at.ts";
import { type Snapshot, scopeOf } from "../snapshot.ts";
import { action } from "./edits.ts";

/** Writes a test in which the rule at the cursor decides, with as few facts as that needs. */
export function addTest(snapshot: Snapshot, range: Range): lsp.CodeAction[] {
  const { file, program } = snapshot;
  const rule = nodeAt(file.tree.file, range.start, "rule");
  const scope = scopeOf(snapshot);
  if (rule === null || scope === null || range.start > (rule.data.at(-1)?.end ?? rule.end)) return [];
  const symbol = scope.symbols.find((one) => one.kind === "rule" && one.node === rule);
  const space = program.space(scope.name);
  if (symbol?.kind !== "rule" || space === null) return [];
  const text = testOf(program, space, symbol.id, symbol.interaction?.id ?? null);
  const end = file.text.trimEnd().length;
  return text === null
    ? []
    : action(snapshot, `Add a test in which \`${symbol.id}\` decides`, lsp.CodeActionKind.RefactorRewrite, [
        { start: end, end: file.text.length, text: `\n\n${text}` },
      ]);
}

function testOf(program: Program, space: DecisionSpace, path: string, interaction: string | null): string | null {
  const { model } = space.world;
  const { decide } = evaluator(model);
  const names = new Set(program.tests(model.policy).map(({ name }) => name));
  for (const cell of space.cells(interaction === null ? {} : { interactions: [interaction] })) {
    if (!cell.rules.some((one) => one.rule.path === path)) continue;
    try {
      const { facts, context, decision } = space.decide(cell);
      const index = decision.rules.findIndex((one) => one.rule.path === path);
      const witness = smallestWitness(facts, askable(facts, whereDecides(facts.diagrams, decision, index)));
      if (witness === null) continue;
      const request = requestOf(space.world, cell, wireFacts(context, witness));
      const decided = decide(request);
      if (!decided.rules.includes(path)) continue;
      const found = {
        policy: model.policy,
        interaction: cell.interaction.name,
        rules: [path],
        request,
        decision: decided,
      };
      return writeTest(space.world, found, names);
    } catch (error) {
      if (!(error instanceof TooLargeError)) throw error;
    }
  }
  return null;
}
