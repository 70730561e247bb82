import { type ExplainedPart, type ExplainedRule, explain, printValue } from "@scruple/analysis";
import type { Program } from "@scruple/compiler";
import { indexModel, type Model, type World } from "@scruple/model";
import { resultsOf } from "./run.ts";

const marks = { true: "✓", false: "✗", unknown: "?" } as const;

/**
 * Why the expectations of a test came out as they did, in Markdown; null where there is no such test. In pieces of work between which
 * something else can be done.
 */
export function* explainTest(program: Program, path: string, name: string): Generator<void, string | null> {
  for (const { name: policy } of program.policies) {
    const model = program.model(policy);
    const [result] = yield* resultsOf(program, policy, (one) => one.file === path && one.name === name);
    if (model === null || result === undefined) continue;
    const sections: string[] = [];
    for (const { text, request, differences } of result.cases) {
      yield;
      const title = `## ${differences.length === 0 ? "✓" : "✗"} ${text}`;
      sections.push([title, ...differences, explainRequest(model, request)].join("\n\n"));
    }
    return [`# ${name}`, ...sections].join("\n\n");
  }
  return null;
}

/** How a request is decided, by which rules, and how each part of their conditions comes out; in Markdown. */
export function explainRequest(model: Model, request: unknown): string {
  const { decision, rules, wait } = explain(model, request, { changes: 0 });
  const world = indexModel(model);
  const trees = rules.map((rule) =>
    [
      `- ${marks[rule.condition]} \`${rule.rule}\` ${says(rule)}${rule.because === null ? "" : `: “${rule.because}”`}`,
      ...rule.parts.flatMap((part) => partLines(world, part, 1)),
    ].join("\n"),
  );
  const isSilent = decision.rules.length === 0 && decision.errors.length === 0;
  return [
    `It comes to **${decision.decision}**${isSilent ? ", since no rule that speaks of it applies" : ""}.`,
    ...decision.errors,
    ...(trees.length === 0 ? [] : [trees.join("\n")]),
    ...(wait === null ? [] : ["Waiting alone would cure it."]),
  ].join("\n\n");
}

/** What a rule does, or would do if its condition held. A limit denies nothing by itself. */
function says({ effect, limits, applies }: ExplainedRule): string {
  if (limits) return applies ? "counts it, and denies once there were enough" : "does not count it";
  const does = effect === "allow" ? ["allows it", "would allow it"] : ["denies it", "would deny it"];
  return does[applies ? 0 : 1]!;
}

function partLines(world: World, { text, value, facts, parts }: ExplainedPart, depth: number): readonly string[] {
  const known = Object.entries(facts).map(
    ([fact, is]) => `\`${fact}\` ${is === null ? "is unknown" : `= ${printValue(world, fact, is)}`}`,
  );
  const line = `${"  ".repeat(depth)}- ${marks[value]} \`${text}\`${known.length === 0 ? "" : ` (${known.join(", ")})`}`;
  return [line, ...parts.flatMap((part) => partLines(world, part, depth + 1))];
}
