import type { Value } from "@scruple/model";
import type * as syntax from "@scruple/syntax";
import { pathText } from "../binder/spelling.ts";
import type { LoweredTest, TestCase, WireRequest } from "../tests.ts";
import type { Lowering } from "./lowering.ts";
import { lowerDuties, textOf } from "./rules.ts";
import { singleSpaced } from "./written.ts";

/** A test as requests and what is expected of their decisions. */
export function lowerTest(lowering: Lowering, node: syntax.Test): LoweredTest {
  const common = commonRequest(lowering, node);
  return {
    name: textOf(node.text) ?? "",
    file: lowering.check.unit.path,
    at: { start: node.start, end: node.end },
    cases: node.expectations.map((expectation): TestCase => {
      const recipient = expectation.recipient ?? node.recipient;
      const { because } = expectation;
      return {
        at: { start: expectation.start, end: expectation.end },
        request: {
          ...common,
          operation: expectation.operation.word,
          data: nameFor(lowering, expectation.field),
          with: expectation.with && nameFor(lowering, expectation.with),
          recipient: recipient && nameFor(lowering, recipient),
          precision: expectation.level?.text ?? null,
        },
        expect: {
          decision: expectation.effect,
          rules: because.length > 0 ? [...new Set(because.map((path) => path.text))].sort() : null,
          duties: expectation.duties.length > 0 ? boundDuties(lowering, expectation.duties) : null,
        },
        text: singleSpaced(lowering.check.unit, expectation),
      };
    }),
  };
}

function boundDuties(lowering: Lowering, calls: readonly syntax.DutyCall[]) {
  return lowerDuties(lowering, calls).map((call) => ({ name: call.name, arguments: call.arguments }));
}

type Common = Pick<
  WireRequest,
  "interaction" | "purpose" | "channel" | "subject" | "facts" | "consents" | "objections"
>;

function commonRequest(lowering: Lowering, node: syntax.Test): Common {
  const subject: [string, Value][] = [];
  const facts: [string, Value][] = [];
  const consents: { purpose: string; channel: string; explicit: boolean }[] = [];
  const objections: { purpose: string; channel: string }[] = [];
  for (const given of node.given) {
    if (given.kind === "givenValue") {
      const fact = lowering.check.givenFacts.get(given)!;
      const value = lowering.check.values.get(given)!;
      if (fact.startsWith("subject.")) subject.push([fact.slice("subject.".length), value]);
      else facts.push([fact, value]);
    } else {
      const purpose = given.purpose ? nameOrAny(lowering, given.purpose) : "any";
      const channel = given.channel ? nameOrAny(lowering, given.channel) : "any";
      if (given.kind === "givenObjection") objections.push({ purpose, channel });
      else consents.push({ purpose, channel, explicit: given.explicit });
    }
  }
  return {
    interaction: node.interaction ? nameFor(lowering, node.interaction) : "",
    purpose: node.purpose ? nameFor(lowering, node.purpose) : "",
    channel: node.channel ? nameFor(lowering, node.channel) : "",
    subject: Object.fromEntries(subject),
    facts: Object.fromEntries(facts),
    consents,
    objections,
  };
}

function nameOrAny(lowering: Lowering, path: syntax.Path): string {
  return pathText(path) === "any" ? "any" : nameFor(lowering, path);
}

/** The name in a request: bare for the policy's own, else the id. */
function nameFor(lowering: Lowering, path: syntax.Path): string {
  const meaning = lowering.meaning(path);
  const id = lowering.id(path);
  const own = meaning !== null && typeof meaning !== "string" && meaning.policy === lowering.policy;
  return own ? id.slice(lowering.policy.length + 1) : id;
}
