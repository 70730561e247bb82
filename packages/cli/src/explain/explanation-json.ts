import type { ExplainedPart, ExplainedRule, Explanation } from "@scruple/analysis";
import type { Model } from "@scruple/model";

/** One object, as the documentation of the formats has it. */
export function explanationJson(explanation: Explanation, model: Model): string {
  const { decision, rules, changes, wait, incomplete } = explanation;
  return `${JSON.stringify({ decision, rules: rules.map((rule) => ruleOf(rule, model)), changes, wait, incomplete }, null, 2)}\n`;
}

function ruleOf({ rule, effect, data, condition, applies, parts, at }: ExplainedRule, model: Model) {
  return {
    ...{ rule, effect, data, condition, applies },
    parts: parts.map(partOf),
    file: model.files[at.file],
    range: {
      start: { line: at.line, column: at.column },
      end: { line: at.endLine, column: at.endColumn },
    },
  };
}

function partOf({ text, value, condition, facts, parts }: ExplainedPart): object {
  return {
    ...{ text, value, facts },
    ...(condition === null ? {} : { condition }),
    ...(parts.length === 0 ? {} : { parts: parts.map(partOf) }),
  };
}
