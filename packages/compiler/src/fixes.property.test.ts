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
