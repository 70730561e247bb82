import {
  type Act,
  type FactName,
  type Moment,
  type Piece,
  pieceAges,
  type Request,
  selectsChannel,
  selectsPurpose,
  type World,
} from "@scruple/model";

/** The static part of one piece of a request. */
export function actOf(request: Request, piece: Piece): Act {
  return { ...request, field: piece.field, with: request.with?.field ?? null };
}

/** Whether the interaction is for the request's purpose, on its channel. */
export function isInBounds(world: World, { interaction, purpose, channel }: Request): boolean {
  const bounds = world.interactions.get(interaction)!;
  return (
    selectsPurpose(world, bounds.purposes, purpose, "narrow") &&
    selectsChannel(world, bounds.channels, channel, "narrow")
  );
}

/** What the conditions of one piece of a request are evaluated in. */
export function momentOf(world: World, request: Request, piece: Piece): Moment {
  return {
    world,
    startedBy: world.interactions.get(request.interaction)?.startedBy ?? null,
    purpose: request.purpose,
    channel: request.channel,
    facts: new Map([...request.facts, ...agesOf(piece, request.with)]),
    consents: request.consents,
    objections: request.objections,
  };
}

/** `data.age` is that of the older piece, unknown if either is; each piece of a pair has its own beside it. */
function agesOf({ age }: Piece, joined: Piece | null): readonly (readonly [FactName, number])[] {
  if (joined === null) return age === undefined ? [] : [["data.age", age]];
  const other = joined.age;
  return [
    ...(age === undefined || other === undefined ? [] : [["data.age", Math.max(age, other)] as const]),
    ...(age === undefined ? [] : [[pieceAges.data, age] as const]),
    ...(other === undefined ? [] : [[pieceAges.with, other] as const]),
  ];
}
