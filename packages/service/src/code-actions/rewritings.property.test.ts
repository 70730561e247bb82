import { compile } from "@scruple/compiler";
import type { Range } from "@scruple/syntax";
import { Dice, editedTokens, readCorpus, withComments } from "@scruple/testkit";
import { expect, it } from "vitest";
import type * as lsp from "vscode-languageserver-types";
import { toOffsets } from "../positions.ts";
import { fileOf, type Snapshot } from "../snapshot.ts";
import { addresses, shop } from "../testing/at.ts";
import { applied } from "../testing/text.ts";
import { commentToClause } from "./comment-to-clause.ts";
import { declareName } from "./declare-name.ts";
import { extractCondition } from "./extract-condition.ts";
import { inlineCondition } from "./inline-condition.ts";

const rewritings = [commentToClause, declareName, extractCondition, inlineCondition];
const named = `${shop}
interaction letter started by customer {
  purposes customer_care
  channels email

  a: allow use orders.size for nobody when adult and (subject.age < 70 or nearby) told "We  know."
  b: deny use orders when shop.adult unless not nearby
}
`;
const texts = [named, ...readCorpus().good.flatMap(({ files }) => files.map(({ text }) => text))];

/** A rewriting changes what its edits say, and no policy is the worse for it. */
function check({ program, file }: Snapshot, { title, edit }: lsp.CodeAction): void {
  const edits = edit?.changes?.[addresses.uriOf(file.path, false)!] ?? [];
  const placed = edits.map(({ range, newText }) => ({ ...toOffsets(file, range), text: newText }));
  const { found, wanted } = editedTokens(file.text, placed);
  expect(found, `${title} in\n${file.text}`).toEqual(wanted);
  // What is declared may have something to be filled in.
  if (title.startsWith("Declare")) return;
  const text = applied(file, edits);
  const errors = compile([{ path: file.path, text }]).checks.filter(({ severity }) => severity === "error");
  const before = program.checks.filter(({ severity }) => severity === "error");
  expect(errors.length, `${title} in\n${file.text}\nto\n${text}`).toBeLessThanOrEqual(before.length);
}

it.each([0, 1, 2])("no rewriting joins a comment with what is none (%i)", (seed) => {
  const dice = new Dice(seed);
  for (const source of texts) {
    const text = withComments(source, dice);
    const path = "main.scruple";
    const program = compile([{ path, text }]);
    const file = fileOf(program, path)!;
    const snapshot: Snapshot = { program, file, addresses, findings: () => program.checks };
    for (const { start } of source === named ? file.tree.tokens : dice.some(file.tree.tokens, 10, 10)) {
      const at: Range = { start, end: start };
      for (const action of rewritings.flatMap((rewrite) => rewrite(snapshot, at))) check(snapshot, action);
    }
  }
});

it("a rewriting ends lines as the file does", () => {
  const path = "main.scruple";
  const text = withComments(named, new Dice(0)).replace(/\r?\n/g, "\r\n");
  const program = compile([{ path, text }]);
  const file = fileOf(program, path)!;
  const snapshot: Snapshot = { program, file, addresses, findings: () => program.checks };
  for (const { start } of file.tree.tokens) {
    for (const { title, edit } of rewritings.flatMap((rewrite) => rewrite(snapshot, { start, end: start }))) {
      const edits = edit?.changes?.[addresses.uriOf(path, false)!] ?? [];
      expect(applied(file, edits), title).not.toMatch(/(?<!\r)\n/);
    }
  }
});
