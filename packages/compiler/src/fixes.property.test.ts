import { diff } from "@scruple/analysis";
import { applyEdits, fixesTogether, type TextEdit } from "@scruple/syntax";
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
import { editedFiles } from "./edited-files.ts";
import type { CompileOptions } from "./options.ts";

type Files = readonly { readonly path: string; readonly text: string }[];

/** What fixes write and take away is all that they change, each by itself and as many together as can be. */
function checkFixes(files: Files, options: CompileOptions): void {
  const { diagnostics } = compile(files, options);
  for (const { path, text } of files) {
    const fixes = diagnostics.filter(({ file }) => file === path).flatMap((diagnostic) => diagnostic.fixes);
    for (const { edits } of fixes) checkEdits(text, edits);
    checkEdits(
      text,
      fixesTogether(fixes).flatMap(({ edits }) => edits),
    );
  }
}

function checkEdits(text: string, edits: readonly TextEdit[]): void {
  const { found, wanted } = editedTokens(text, edits);
  expect(found, `${JSON.stringify(edits)} in\n${text}`).toEqual(wanted);
}

/** Makes each fix that leaves no choice, by itself, and compares what policies that could be built decide before and after. */
function checkDecisions(files: Files, options: CompileOptions): number {
  const before = compile(files, options);
  if (before.diagnostics.some(({ severity }) => severity === "error")) return 0;
  const sole = before.diagnostics.filter(({ fixes }) => fixes.length === 1);
  for (const { file, fixes } of sole) {
    const edits = fixes[0]!.edits;
    const after = compile(editedFiles(before, new Map([[file, edits]])), options);
    for (const { name } of before.policies) {
      const [old, now] = [before.model(name), after.model(name)];
      if (old === null || now === null) continue;
      const { widened, narrowed, duties } = diff(old, now);
      expect([widened, narrowed, duties], JSON.stringify(edits)).toEqual([[], [], []]);
    }
  }
  return sole.length;
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

it("a fix changes something, also where a dot or a colon behind a word is out of place", () => {
  const dice = new Dice(0);
  let made = 0;
  for (const { source } of readCorpus().bad) {
    const { files, options } = readMarked(withoutMarks(source));
    const texts = files.map(({ path, text }) => ({
      path,
      text: path.endsWith(".scruple") ? text.replaceAll(/\b[a-z_]+\b/g, (word) => word + dice.pick(marksBehind)) : text,
    }));
    for (const { file, message, fixes } of compile(texts, options).diagnostics) {
      const text = texts.find(({ path }) => path === file)?.text ?? "";
      for (const { edits } of fixes) expect(applyEdits(text, edits), message).not.toBe(text);
      made += fixes.length;
    }
  }
  expect(made).toBeGreaterThan(100);
});
const marksBehind = [...Array.from({ length: 12 }, () => ""), ".", ": ", "?: "];

it("a fix ends lines as the text does", () => {
  let made = 0;
  for (const { source } of readCorpus().bad) {
    const { files, options } = readMarked(withoutMarks(source));
    const inDos = files.map(({ path, text }) => ({ path, text: text.replaceAll("\n", "\r\n") }));
    for (const { text } of compile(inDos, options).diagnostics.flatMap(({ fixes }) =>
      fixes.flatMap(({ edits }) => edits),
    )) {
      expect(text).not.toMatch(/(?<!\r)\n/);
      if (text.includes("\n")) made += 1;
    }
  }
  expect(made).toBeGreaterThan(2);
});
