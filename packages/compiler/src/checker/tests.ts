import type * as syntax from "@scruple/syntax";
import { declarationsIn } from "../binder/declarations.ts";
import type { PolicyScope } from "../binder/scope.ts";
import { pathText } from "../binder/spelling.ts";
import { type ChannelSymbol, type FieldSymbol, kindNoun } from "../binder/symbols.ts";
import { channelDoesNotReach } from "../diagnostics/channel-does-not-reach.ts";
import { duplicateName } from "../diagnostics/duplicate-name.ts";
import { fieldWithoutLevel } from "../diagnostics/field-without-level.ts";
import { foreignInteraction } from "../diagnostics/foreign-interaction.ts";
import { oneOperation } from "../diagnostics/one-operation.ts";
import { pairNeeded } from "../diagnostics/pair-needed.ts";
import { wrongKind } from "../diagnostics/wrong-kind.ts";
import type { Findings } from "../findings.ts";
import { scalesOfField } from "./categories.ts";
import { covers, reachedBy } from "./channels.ts";
import type { Checking, Place } from "./checking.ts";
import { checkDuties } from "./duties.ts";
import { checkGiven } from "./given.ts";
import { checkLevel } from "./levels.ts";
import { checkRulePath } from "./rule-paths.ts";

/** Checks that tests ask what can be asked: each expectation has to make a request that is no error. */
export function checkTests(checking: Checking, place: Place): void {
  for (const { node } of declarationsIn(place.unit).tests) checkTest(checking, place, node);
}

/** Sees that a policy's tests have names of their own: reports and coverage tell them by their words. */
export function checkTestNames(scope: PolicyScope, findings: Findings): void {
  const seen = new Map<string, PolicyScope["tests"][number]>();
  for (const test of scope.tests) {
    const { text } = test.node;
    if (text.kind === "missing") continue;
    const first = seen.get(text.value);
    if (!first) {
      seen.set(text.value, test);
      continue;
    }
    const { start, end } = first.node.text;
    const related = [{ file: first.unit.path, start, end, message: "The first test of this name is here." }];
    findings.add(test.unit, duplicateName.at(text, ["a test", text.value, "a test"], { related }));
  }
}

function checkTest(checking: Checking, place: Place, test: syntax.Test): void {
  const { scope, unit } = place;
  const { resolver, findings } = checking;
  if (test.interaction) checking.file.looksFar = true;
  const interaction = test.interaction && resolver.find(scope, unit, test.interaction, "interaction");
  if (interaction && interaction.policy !== scope.name) {
    findings.add(unit, foreignInteraction.at(test.interaction!, [interaction.name, interaction.policy]));
  }
  if (test.purpose) resolver.find(scope, unit, test.purpose, "purpose");
  const channel = test.channel && resolver.find(scope, unit, test.channel, "channel");
  checkRecipient(checking, place, channel, test.recipient);
  checkGiven(checking, place, test.given);
  for (const expectation of test.expectations) checkExpectation(checking, place, expectation, channel);
}

function checkExpectation(
  checking: Checking,
  place: Place,
  node: syntax.Expectation,
  channel: ChannelSymbol | null,
): void {
  const { findings } = checking;
  const { word } = node.operation;
  if (word === "process") findings.add(place.unit, oneOperation.at(node.operation, []));
  const fields = [node.field, ...(node.with ? [node.with] : [])].map((path) => fieldOf(checking, place, path));
  // The other way round, `with` beside another operation, is for the parser to report.
  if (word === "combine" && node.with === null) findings.add(place.unit, pairNeeded.at(node.operation, []));
  checkRecipient(checking, place, channel, node.recipient);
  if (node.level && checkLevel(checking, place, node.level) && fields.every((field) => field !== null)) {
    checkLevelOfFields(checking, place, node.level, fields);
  }
  for (const path of node.because) checkRulePath(checking, place, path);
  checkDuties(checking, place, node.duties);
}

function fieldOf(checking: Checking, place: Place, path: syntax.Path): FieldSymbol | null {
  const target = checking.resolver.data(place.scope, place.unit, path);
  if (target === null) return null;
  if (typeof target !== "string" && target.kind === "field") return target;
  const is = typeof target === "string" ? "no single field" : kindNoun[target.kind];
  checking.findings.add(place.unit, wrongKind.at(path, [pathText(path), is, "a field"]));
  return null;
}

function checkLevelOfFields(
  checking: Checking,
  place: Place,
  level: syntax.Name,
  fields: readonly FieldSymbol[],
): void {
  const scales = fields.flatMap((field) => scalesOfField(checking, field));
  if (scales.some((category) => category.node.precision.some((name) => name.text === level.text))) return;
  const names = fields.map((field) => `${field.source.name}.${field.name}`);
  checking.findings.add(place.unit, fieldWithoutLevel.at(level, [names, level.text]));
}

function checkRecipient(
  checking: Checking,
  place: Place,
  channel: ChannelSymbol | null,
  path: syntax.Path | null,
): void {
  if (!path) return;
  const recipient = checking.resolver.find(place.scope, place.unit, path, "recipient");
  if (!recipient || !channel) return;
  if (channel.node.reaches.some((reached) => checking.meaning(channel.unit, reached) === null)) return;
  if (covers(checking, reachedBy(checking, channel), recipient)) return;
  checking.findings.add(
    place.unit,
    channelDoesNotReach.at(path, [channel.name, recipient.name], {
      related: [{ file: channel.unit.path, ...channel.at, message: `\`${channel.name}\` is declared here.` }],
    }),
  );
}
