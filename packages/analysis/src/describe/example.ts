import { durationText, lastPart, type Value, type World } from "@scruple/model";
import type { Context } from "../context.ts";
import type { Node } from "../node-store.ts";
import type { Cell } from "../space/cell.ts";
import { requestWords } from "../space/wire-request.ts";
import { type ListedFacts, listedFacts, type WireFacts } from "../wire-facts.ts";
import { smallestWitness } from "../witness.ts";

/** A request of a cell in words, with the fewest facts under which a function of two values is true. */
export function exampleOf(cell: Cell, context: Context, node: Node): string {
  return textOf(context.space.world, cell, fewestGiven(context, node));
}

/** The request of a cell that its act stands for, in words. */
export function requestText(world: World, cell: Pick<Cell, "act" | "routes">, facts: WireFacts): string {
  const { subject, facts: others } = facts;
  return textOf(
    world,
    cell,
    givenIn(world, { ...facts, subject: Object.entries(subject), facts: Object.entries(others) }),
  );
}

const fewest = new WeakMap<Context, Map<Node, readonly string[]>>();

/** Many requests are told of with the same facts. */
function fewestGiven(context: Context, node: Node): readonly string[] {
  const known = fewest.get(context) ?? new Map<Node, readonly string[]>();
  fewest.set(context, known);
  const before = known.get(node);
  if (before !== undefined) return before;
  const witness = smallestWitness(context.space, node) ?? new Map();
  const given = givenIn(context.space.world, listedFacts(context, witness));
  known.set(node, given);
  return given;
}

function textOf(world: World, { act, routes }: Pick<Cell, "act" | "routes">, given: readonly string[]): string {
  const words = requestWords(world);
  const { recipient } = routes[0]!;
  return [
    `\`${act.operation} ${words.field(act.field)}${act.with === null ? "" : ` with ${words.field(act.with)}`}`,
    recipient === null ? "" : ` to ${words.recipient(recipient)}`,
    act.level === null ? "" : ` at ${act.level}`,
    `\` for \`${words.purpose(act.purpose)}\` on \`${words.channel(act.channel)}\` in \`${lastPart(act.interaction)}\``,
    given.length === 0 ? "" : `, given ${given.join(", ")}`,
  ].join("");
}

function givenIn(
  world: World,
  { subject, facts, consents = [], objections = [], ages }: ListedFacts,
): readonly string[] {
  const on = (channel: string) => (channel === "any" ? "" : ` on ${channel}`);
  const values = (prefix: string, list: ListedFacts["facts"]) =>
    list.map(([name, value]) => `\`${prefix}${name} = ${written(world, `${prefix}${name}`, value)}\``);
  const age = (piece: "data" | "with") =>
    ages === null || ages[piece] === null
      ? []
      : [`the age of ${piece === "data" ? "the first" : "the second"} ${durationText(ages[piece])}`];
  return [
    ...values("subject.", subject),
    ...values("", facts),
    ...age("data"),
    ...age("with"),
    ...consents.map(
      ({ purpose, channel, explicit }) => `\`${explicit ? "explicit " : ""}consent for ${purpose}${on(channel)}\``,
    ),
    ...objections.map(({ purpose, channel }) => `\`objection to ${purpose}${on(channel)}\``),
  ];
}

function written(world: World, fact: string, value: Value): string {
  const kind = world.facts.get(fact)?.kind;
  if (kind === "duration") return durationText(value as number);
  if (kind === "text") return JSON.stringify(value);
  return Array.isArray(value) ? `{${value.join(", ")}}` : String(value);
}
