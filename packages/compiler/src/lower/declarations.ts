import type * as model from "@scruple/model";
import type { DurationLiteral, Literal, Member, Missing } from "@scruple/syntax";
import type { MemberSymbol, SymbolOf } from "../binder/symbols.ts";
import { literalValue } from "../checker/values.ts";
import { lowerData } from "./data.ts";
import type { Lowering } from "./lowering.ts";
import { dateOf } from "./rules.ts";

export function lowerCategory(lowering: Lowering, { id, node }: SymbolOf<"category">): model.Category {
  return Object.assign(lowering.described(node), {
    id,
    within: lowering.ids(node.within),
    special: node.special !== null,
    precision: node.precision.map((level) => level.text),
  });
}

export function lowerSource(lowering: Lowering, symbol: SymbolOf<"source">): model.Source {
  const { id, node } = symbol;
  return Object.assign(lowering.described(node), {
    id,
    origin: node.origin as model.Origin,
    derivedFrom: lowerData(lowering, node.derivedFrom) as (model.SourceRef | model.FieldRef)[],
    collectedFor: lowering.ids(node.collectedFor),
    consentFor: node.consentFor && lowering.id(node.consentFor),
    keep: node.keep && {
      atMost: secondsOf(node.keep.atMost),
      deletedByStore: node.keep.deletedByStore !== null,
      exceptFor: lowering.ids(node.keep.exceptFor),
    },
    fields: [...symbol.fields.values()].map((field) =>
      Object.assign(lowering.described(field.node), {
        id: field.id,
        categories: lowering.ids(field.node.categories),
      }),
    ),
  });
}

export function lowerPurpose(lowering: Lowering, { id, node }: SymbolOf<"purpose">): model.Purpose {
  return Object.assign(lowering.described(node), { id, within: lowering.ids(node.within) });
}

export function lowerRecipient(lowering: Lowering, { id, node }: SymbolOf<"recipient">): model.Recipient {
  return Object.assign(lowering.described(node), { id, within: lowering.ids(node.within)[0] ?? null });
}

export function lowerChannel(lowering: Lowering, { id, node }: SymbolOf<"channel">): model.Channel {
  return Object.assign(lowering.described(node), {
    id,
    within: lowering.ids(node.within),
    reaches: lowering.ids(node.reaches),
    quiet: node.quiet && {
      from: clock(node.quiet.hours.from),
      to: clock(node.quiet.hours.to),
      exceptFor: lowering.ids(node.quiet.exceptFor),
    },
  });
}

export function lowerCondition(lowering: Lowering, { id, node }: SymbolOf<"condition">): model.Condition {
  const expr = lowering.check.conditions.get(node.value);
  if (!expr) throw new Error(`unchecked condition ${id}`);
  return Object.assign(lowering.described(node), { id, expr });
}

export function lowerDuty(lowering: Lowering, { id, node }: SymbolOf<"duty">): model.Duty {
  const parameters = node.parameters.map((parameter) => lowerMember(lowering, parameter));
  return Object.assign(lowering.described(node), { id, parameters });
}

export function lowerInteraction(lowering: Lowering, symbol: SymbolOf<"interaction">): model.Interaction {
  const { id, name, node } = symbol;
  const bound = (kind: "purposes" | "channels") => node.bounds.find((line) => line.kind === kind)?.names ?? [];
  return Object.assign(lowering.described(node), {
    id,
    name,
    startedBy: node.startedBy,
    until: dateOf(node.until),
    purposes: lowering.ids(bound("purposes")),
    channels: lowering.ids(bound("channels")),
  });
}

/** Attributes or facts of one name in several policies: one, described by the first, optional if any says so. `lowering` is of the file of the first. */
export function lowerMerged(lowering: Lowering, symbols: readonly MemberSymbol[]): model.Attribute {
  const [first] = symbols;
  return Object.assign(lowerMember(lowering, first!.node), {
    optional: symbols.some((symbol) => symbol.node.optional),
  });
}

function lowerMember(lowering: Lowering, node: Member): model.Attribute {
  const type = lowering.members.type(lowering.check.unit, node);
  if (!type) throw new Error(`untyped member ${node.name.text}`);
  return Object.assign(lowering.described(node), { name: node.name.text, type, optional: node.optional });
}

function secondsOf(node: DurationLiteral | Missing): number {
  return node.kind === "duration" ? node.seconds : 0;
}

function clock(node: Literal | Missing): string {
  return node.kind === "time" ? String(literalValue(node)) : "";
}
