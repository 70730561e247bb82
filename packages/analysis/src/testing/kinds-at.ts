import { indexModel, type Model, type Piece, type Request, readRequest, type World } from "@scruple/model";
import type { WireRequest } from "@scruple/testkit";
import { type Region, regionsOf } from "../diff/cell-regions.ts";
import type { Joined } from "../diff/join-models.ts";
import { type StaticSpace, staticSpace } from "../diff/static-cells.ts";
import { actOf } from "../explain/moments.ts";
import type { Otherwise } from "./decided-otherwise.ts";
import { regionHolds, wayAbout } from "./region-holds.ts";

/** The regions of two models, asked about one request after the other. */
export class RegionsAt {
  private readonly joined: Joined;
  private readonly space: StaticSpace;
  private readonly regions: readonly Region[];
  /** All that requests can name to one of the two. */
  private readonly world: World;

  constructor(joined: Joined) {
    this.joined = joined;
    this.world = indexModel(bothOf(joined.facts.model, joined.asDeclared[0].model));
    this.space = staticSpace(joined.worlds);
    this.regions = [...regionsOf(joined, this.space)];
  }

  /** In which regions a request is; null where it is no request of one piece, or one pair, or malformed. */
  kinds(raw: WireRequest): readonly Otherwise[] | null {
    const read = readBy(this.world, raw);
    if (read === null) return null;
    const { request, piece } = read;
    const recipient = raw.recipient === undefined || raw.recipient === null ? null : request.recipients[0]!;
    const { facts } = this.joined;
    // Who starts the interaction is not asked of this world: contexts know.
    const isIn = (region: Region) => {
      const way = wayAbout(region, this.space, actOf(request, piece), recipient);
      if (way !== "back") return way === "forth" && regionHolds(region, facts, request, piece);
      return regionHolds(region, facts, { ...request, with: piece }, request.with!);
    };
    return this.regions.filter(isIn).map(({ kind, bound }) => bound ?? (kind as "widened" | "narrowed"));
  }
}

function readBy(world: World, raw: WireRequest): { request: Request; piece: Piece } | null {
  const request = readRequest(world, { ...raw, precision: null });
  if (!("pieces" in request) || request.pieces.length > 1) return null;
  if ((["consents", "objections"] as const).some((list) => raw[list] !== undefined && request[list] === undefined))
    return null;
  return { request: { ...request, level: (raw.precision as string) ?? null }, piece: request.pieces[0]! };
}

/** A model with whatever requests can name in another one. */
function bothOf(model: Model, other: Model): Model {
  const and = <T extends { readonly id: string }>(ours: readonly T[], theirs: readonly T[]): readonly T[] => {
    const known = new Set(ours.map(({ id }) => id));
    return [...ours, ...theirs.filter(({ id }) => !known.has(id))];
  };
  const fields = new Map(other.sources.map((source) => [source.id, source.fields]));
  const sources = model.sources.map((one) => ({ ...one, fields: and(one.fields, fields.get(one.id) ?? []) }));
  return {
    ...model,
    sources: and(sources, other.sources),
    purposes: and(model.purposes, other.purposes),
    channels: and(model.channels, other.channels),
    recipients: and(model.recipients, other.recipients),
    interactions: and(model.interactions, other.interactions),
  };
}
