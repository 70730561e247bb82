import type { Rule } from "@scruple/model";
import type { LintFinding } from "../lints/finding.ts";
import { expectedOfInteractions, expectedOfRedundancy, expectedOfRule } from "./expected-logic.ts";
import { expectedOfData, expectedOfPrivacy } from "./expected-privacy.ts";
import { expectedOfLine } from "./expected-promises.ts";
import type { Looks } from "./looks.ts";

/**
 * What lints are to find in a model, as texts, sorted: each lint is written down here as a question about requests, from what the
 * language says of it. What speaks of today, and of what is too much, is left out.
 *
 * @param rules The policy's own, by path
 */
export async function expectedFindings<B>(
  looks: Looks<B>,
  rules: ReadonlyMap<string, Rule>,
  leastGroupSize = 1000,
): Promise<readonly string[]> {
  const expected: string[] = [];
  for (const rule of rules.values()) {
    expected.push(...(await expectedOfRule(looks, rule)));
    if (rule.effect === "allow") expected.push(...(await expectedOfPrivacy(looks, rule, leastGroupSize)));
  }
  expected.push(...(await expectedOfRedundancy(looks, rules)));
  expected.push(...(await expectedOfInteractions(looks)));
  const { policy, promises } = looks.world.model;
  for (const [index, promise] of promises.entries())
    for (const [number, line] of promise.lines.entries())
      if (promise.policy === policy) expected.push(...(await expectedOfLine(looks, line, `${index}.${number}`)));
  expected.push(...(await expectedOfData(looks)));
  return expected.sort();
}

const leftOut: ReadonlySet<string> = new Set(["overdue", "too-complex"]);

/** Findings as texts, sorted. */
export function foundTexts(findings: readonly LintFinding[]): readonly string[] {
  return findings
    .filter(({ lint }) => !leftOut.has(lint))
    .map((finding) => `${finding.lint} ${placeOf(finding)}`)
    .sort();
}

function placeOf({ lint, at, words }: LintFinding): string {
  switch (at.kind) {
    case "clause":
      return `${at.path} ${at.clause} ${at.exception}`;
    case "line":
      return `${at.promise}.${at.line} ${at.clause}`;
    case "exception":
      return `${at.path} ${at.exception}`;
    case "bound":
      return `${at.interaction} ${at.id}`;
    case "declaration":
      return at.id;
    case "rule":
      if (lint === "no-basis") return `${at.path} ${words[0]}`;
      return lint === "conflicting-bases" ? `${at.path} ${words[1]}` : at.path;
  }
}
