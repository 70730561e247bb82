import type * as model from "@scruple/model";
import type { Promise_ } from "@scruple/syntax";
import { declarationsIn } from "../binder/declarations.ts";
import { lowerConditions, lowerData, lowerSelectors } from "./data.ts";
import * as lower from "./declarations.ts";
import type { Lowering } from "./lowering.ts";
import { lowerOperations, lowerRule, textOf } from "./rules.ts";
import { singleSpaced, undecorated } from "./written.ts";

/** The lists of a model that files add to. */
export type LoweredList =
  | "categories"
  | "sources"
  | "purposes"
  | "recipients"
  | "channels"
  | "conditions"
  | "duties"
  | "interactions"
  | "rules"
  | "promises";
/** What one file adds to a model, each list in the order of the text. */
export type LoweredFile = Pick<model.Model, LoweredList>;

/** Lowers a file. Of a used policy, interactions and what is not denied everywhere stay its own affair. */
export function lowerFile(lowering: Lowering): LoweredFile {
  const { symbols, promises } = declarationsIn(lowering.check.unit);
  const file = {
    categories: [] as model.Category[],
    sources: [] as model.Source[],
    purposes: [] as model.Purpose[],
    recipients: [] as model.Recipient[],
    channels: [] as model.Channel[],
    conditions: [] as model.Condition[],
    duties: [] as model.Duty[],
    interactions: [] as model.Interaction[],
    rules: [] as model.Rule[],
    promises: promises.map(({ node }) => lowerPromise(lowering, node)),
  };
  for (const symbol of symbols) {
    const isOwn = symbol.policy === lowering.policy;
    switch (symbol.kind) {
      case "category":
        file.categories.push(lower.lowerCategory(lowering, symbol));
        break;
      case "source":
        file.sources.push(lower.lowerSource(lowering, symbol));
        break;
      case "purpose":
        file.purposes.push(lower.lowerPurpose(lowering, symbol));
        break;
      case "recipient":
        file.recipients.push(lower.lowerRecipient(lowering, symbol));
        break;
      case "channel":
        file.channels.push(lower.lowerChannel(lowering, symbol));
        break;
      case "condition":
        file.conditions.push(lower.lowerCondition(lowering, symbol));
        break;
      case "duty":
        file.duties.push(lower.lowerDuty(lowering, symbol));
        break;
      case "interaction":
        if (isOwn) file.interactions.push(lower.lowerInteraction(lowering, symbol));
        break;
      case "rule":
        if (isOwn || (symbol.interaction === null && symbol.node.effect === "deny"))
          file.rules.push(lowerRule(lowering, symbol));
        break;
    }
  }
  return file;
}

function lowerPromise(lowering: Lowering, node: Promise_): model.Promise_ {
  const { unit } = lowering.check;
  return Object.assign(lowering.described(node), {
    policy: unit.policy ?? "",
    text: textOf(node.text) ?? "",
    lines: node.lines.map((line) => ({
      modality: line.modality,
      covertly: line.covertly !== null,
      operations: lowerOperations(line.operations),
      data: lowerData(lowering, line.data),
      ...lowerSelectors(lowering, line.clauses),
      ...lowerConditions(lowering, line.clauses),
      text: singleSpaced(unit, line),
      at: lowering.position(undecorated(unit, line)),
    })),
  });
}
