import {
  type Act,
  type Bearing,
  bearings,
  type Id,
  indexModel,
  type Model,
  type Moment,
  type Operation,
  type Piece,
  pieceAges,
  type Request,
  readRequest,
  selectsChannel,
  selectsPurpose,
  type World,
} from "@scruple/model";
import type { CellRule } from "../cell.ts";
import type { WireFacts } from "../wire-facts.ts";

/** An act that a request can name, and the rules that select it. */
export interface TestedCell {
  readonly world: World;
  readonly act: Act;
  readonly startedBy: Moment["startedBy"];
  readonly rules: readonly (CellRule & { readonly rule: Bearing })[];
}

const operations: readonly Operation[] = ["collect", "combine", "infer", "use", "disclose"];

/** How tests choose: one of a list. */
export type Picker = <T>(list: readonly T[]) => T;

/** Some acts within the bounds of interactions that some rule selects; fewer than `count` where they are hard to come by. */
export function someCells(model: Model, pick: Picker, count: number): readonly TestedCell[] {
  const world = indexModel(model);
  const all = bearings(world);
  const cells: TestedCell[] = [];
  for (let tries = 0; tries < 20 * count && cells.length < count; tries++) {
    const { id: interaction, startedBy, purposes, channels } = pick(model.interactions);
    const inBounds = model.channels.filter(({ id }) => selectsChannel(world, channels, id, "narrow"));
    const { id: channel, reaches } = pick(inBounds);
    const purpose = pick(model.purposes.filter(({ id }) => selectsPurpose(world, purposes, id, "narrow"))).id;
    const operation = pick(operations);
    const field = () => pick([...world.fields.keys()]);
    const act: Act = {
      interaction,
      operation,
      field: field(),
      with: operation === "combine" ? field() : null,
      purpose,
      channel,
      recipients: reaches,
      level: null,
    };
    const rules = rulesOf(all, act);
    if (rules.some(({ rule }) => rule.effect === "allow") || (rules.length > 0 && tries % 4 === 3))
      cells.push({ world, act, startedBy, rules });
  }
  return cells;
}

export function rulesOf(all: readonly Bearing[], act: Act): TestedCell["rules"] {
  return all.filter((rule) => rule.selects(act)).map((rule) => ({ rule, condition: rule.condition(act) }));
}

/** A whole request for the act of a cell. */
export function wireRequest({ world, act }: TestedCell, wire: WireFacts): Record<string, unknown> {
  const { ages, ...given } = wire;
  const piece = (field: Id | null, age: number | null | undefined) => (ages === null ? field : { field, age });
  return {
    interaction: world.interactions.get(act.interaction)!.name,
    operation: act.operation,
    data: piece(act.field, ages?.data),
    with: act.with === null ? null : piece(act.with, ages?.with),
    purpose: act.purpose,
    channel: act.channel,
    ...given,
  };
}

/** What the conditions of a piece are evaluated in, as the reference does. */
export function momentOf(cell: Pick<TestedCell, "world" | "startedBy">, request: Request, piece: Piece): Moment {
  return {
    world: cell.world,
    startedBy: cell.startedBy,
    purpose: request.purpose,
    channel: request.channel,
    facts: new Map([...request.facts, ...ages(piece, request.with)]),
    consents: request.consents,
    objections: request.objections,
  };
}

/** @throws Error where the request has an error */
export function readMoment(cell: TestedCell, wire: WireFacts): Moment {
  const request = readRequest(cell.world, wireRequest(cell, wire));
  if (!("pieces" in request)) throw new Error(request.join(" "));
  return momentOf(cell, request, request.pieces[0] as Piece);
}

function ages({ age: one }: Piece, joined: Piece | null): readonly (readonly [string, number])[] {
  const other = joined === null ? one : joined.age;
  return [
    ...(one === undefined || other === undefined ? [] : [["data.age", Math.max(one, other)] as const]),
    ...(one === undefined || joined === null ? [] : [[pieceAges.data, one] as const]),
    ...(other === undefined || joined === null ? [] : [[pieceAges.with, other] as const]),
  ];
}
