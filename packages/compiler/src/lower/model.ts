import type { Model, Promise_ } from "@scruple/model";
import type * as syntax from "@scruple/syntax";
import { closureOf, usedBy } from "../binder/graph.ts";
import type { Placed, PolicyScope } from "../binder/scope.ts";
import type { MemberSymbol, SymbolKind, SymbolOf } from "../binder/symbols.ts";
import type { Checking } from "../checker/checking.ts";
import { lowerConditions, lowerData, lowerSelectors } from "./data.ts";
import * as lower from "./declarations.ts";
import { byKey, Lowering } from "./lowering.ts";
import { lowerOperations, lowerRule, textOf } from "./rules.ts";
import { singleSpaced, undecorated } from "./written.ts";

/** The decision model of a policy without errors. */
export function lowerModel(checking: Checking, scope: PolicyScope): Model {
  const closure = closureOf(scope);
  const lowering = new Lowering(checking, scope, closure);
  const symbols = closure.flatMap((used) => used.symbols);
  const all = <K extends SymbolKind, T extends { readonly id: string }>(
    kind: K,
    lowerOne: (lowering: Lowering, symbol: SymbolOf<K>) => T,
  ): T[] =>
    symbols
      .filter((symbol): symbol is SymbolOf<K> => symbol.kind === kind)
      .map((symbol) => lowerOne(lowering, symbol))
      .sort(byKey((item) => item.id));
  const merged = (members: ReadonlyMap<string, readonly MemberSymbol[]>) =>
    [...members.values()].map((list) => lower.lowerMerged(lowering, list)).sort(byKey((item) => item.name));
  const rules = symbols.filter(
    (symbol): symbol is SymbolOf<"rule"> =>
      symbol.kind === "rule" &&
      (symbol.policy === scope.name || (symbol.interaction === null && symbol.node.effect === "deny")),
  );
  return {
    format: "scruple.model",
    version: 1,
    policy: scope.name,
    uses: usedBy(scope).map((used) => used.name),
    files: lowering.files,
    categories: all("category", lower.lowerCategory),
    sources: all("source", lower.lowerSource),
    purposes: all("purpose", lower.lowerPurpose),
    recipients: all("recipient", lower.lowerRecipient),
    channels: all("channel", lower.lowerChannel),
    subject: merged(checking.members.attributes(scope)),
    facts: merged(checking.members.facts(scope)),
    conditions: all("condition", lower.lowerCondition),
    duties: all("duty", lower.lowerDuty),
    interactions: scope.symbols
      .filter((symbol) => symbol.kind === "interaction")
      .map((symbol) => lower.lowerInteraction(lowering, symbol))
      .sort(byKey((interaction) => interaction.id)),
    rules: rules.map((symbol) => lowerRule(lowering, symbol)).sort(byKey((rule) => rule.path)),
    promises: closure.flatMap((used) => used.promises.map((promise) => lowerPromise(lowering, used, promise))),
  };
}

function lowerPromise(lowering: Lowering, scope: PolicyScope, { unit, node }: Placed<syntax.Promise_>): Promise_ {
  return {
    ...lowering.described(unit, node),
    policy: scope.name,
    text: textOf(node.text) ?? "",
    lines: node.lines.map((line) => ({
      modality: line.modality,
      covertly: line.covertly !== null,
      operations: lowerOperations(line.operations),
      data: lowerData(lowering, line.data),
      ...lowerSelectors(lowering, line.clauses),
      ...lowerConditions(lowering, line.clauses),
      text: singleSpaced(unit, line),
      at: lowering.position(unit, undecorated(unit, line)),
    })),
  };
}
