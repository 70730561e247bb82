import { diff } from "@scruple/analysis";
import type { TextEdit } from "@scruple/syntax";
import {
  Dice,
  editedTokens,
  randomProject,
  readCorpus,
  readMarked,
  withComments,
  withoutMarks,
} from "@scruple/testkit";
import { describe, expect, it } from "vitest";
import { compile } from "./compile.ts";
import type { CompileOptions } from "./options.ts";

type Files = readonly { readonly path: string; readonly text: string }[];
type Placed = TextEdit & { readonly file: string };

/** What fixes write and take away is all that they change, each by itself and as many together as can be. */
function checkFixes(files: Files, options: CompileOptions): void {
  const together: Placed[] = [];
  for (const { file, fixes } of compile(files, options).diagnostics) {
    for (const { edits } of fixes) {
      const placed = edits.map((edit) => ({ file, ...edit }));
      checkEdits(files, placed);
      if (!placed.some((edit) => together.some((other) => overlap(edit, other)))) together.push(...placed);
    }
  }
  checkEdits(files, together);
}

function checkEdits(files: Files, edits: readonly Placed[]): void {
  for (const { path, text } of files) {
    const own = edits.filter(({ file }) => file === path);
    const { found, wanted } = editedTokens(text, own);
    expect(found, `${JSON.stringify(own)} in\n${text}`).toEqual(wanted);
  }
}

/** Makes each fix that leaves no choice, by itself, and compares what policies that could be built decide before and after. */
function checkDecisions(files: Files, options: CompileOptions): number {
  const before = compile(files, options);
  if (before.diagnostics.some(({ severity }) => severity === "error")) return 0;
  const sole = before.diagnostics.flatMap(({ file, fixes: [fix, ...others] }) =>
    fix === undefined || others.length > 0 ? [] : [fix.edits.map((edit) => ({ file, ...edit }))],
  );
  for (const edits of sole) {
    const after = compile(
      files.map(({ path, text }) => ({
        path,
        text: edits
          .filter(({ file }) => file === path)
          .sort((a, b) => b.start - a.start)
          .reduce((old, edit) => old.slice(0, edit.start) + edit.text + old.slice(edit.end), text),
      })),
      options,
    );
    for (const { name } of before.policies) {
      const [old, now] = [before.model(name), after.model(name)];
      if (old === null || now === null) continue;
      const { widened, narrowed, duties } = diff(old, now);
      expect([widened, narrowed, duties], JSON.stringify(edits)).toEqual([[], [], []]);
    }
  }
  return sole.length;
}

function overlap(a: Placed, b: Placed): boolean {
  return a.file === b.file && (a.start === b.start || (a.start < b.end && b.start < a.end));
}

function commented(files: Files, dice: Dice): Files {
  return files.map(({ path, text }) => ({ path, text: path.endsWith(".scruple") ? withComments(text, dice) : text }));
}

describe("a fix never joins a comment with what is none", () => {
  const offering = readCorpus()
    .bad.map(({ name, source }) => [name, readMarked(withoutMarks(source))] as const)
    .filter(([, { files, options }]) => compile(files, options).diagnostics.some(({ fixes }) => fixes.length > 0));

  it.each(offering)("in %s", (_, { files, options }) => {
    for (let seed = 0; seed < 12; seed++) checkFixes(commented(files, new Dice(seed)), options);
  });

  it.each(Array.from({ length: 20 }, (_, seed) => seed))("in a random project (%i)", (seed) => {
    checkFixes(commented(randomProject(seed).files, new Dice(seed)), {});
  });
});

it("a fix that leaves no choice changes nothing that a policy without errors decides", () => {
  let made = 0;
  for (const { source } of readCorpus().bad) {
    const { files, options } = readMarked(withoutMarks(source));
    made += checkDecisions(files, options);
  }
  for (let seed = 0; seed < 20; seed++) made += checkDecisions(randomProject(seed).files, {});
  expect(made).toBeGreaterThan(10);
});
