import { covered, within } from "./hierarchy.ts";
import { lastPart, policyOf } from "./ids.ts";
import {
  type Expr,
  type FactName,
  type Id,
  type Operation,
  operations,
  type Position,
  pieceAges,
  type Quiet,
} from "./model.ts";
import { type Act, selectsData } from "./select.ts";
import { type FieldInfo, sourceOf, type World } from "./world.ts";

/**
 * A denial that a declaration implies: `sms.quiet`, `bookings.keep`, `bookings.consent`. It denies like any other, but
 * selects by rules of its own, so the sets of what it selects are written out here.
 */
export interface ImpliedDenial {
  readonly kind: "quiet" | "keep" | "consent";
  /** As decisions name it. */
  readonly path: string;
  readonly because: string;
  readonly at: Position;
  readonly operations: readonly Operation[];
  /** Null: all. */
  readonly channels: ReadonlySet<Id> | null;
  readonly exceptPurposes: ReadonlySet<Id>;
  /** Not for interactions that the customer started. */
  readonly outboundOnly: boolean;
  /** Whether it selects this field for this operation; for `combine`, one of the two is enough. */
  selectsField(field: Id, operation: Operation): boolean;
  /** Of an act that it selects. */
  condition(act: Act): Expr;
  /** The hours of a quiet channel; null for the others. */
  readonly quiet: Pick<Quiet, "from" | "to"> | null;
}

/** An act that is not `combine`, to ask an implied denial for its condition: nothing else in it bears on that. */
export const plainAct: Act = {
  interaction: "",
  operation: "use",
  field: "",
  with: null,
  purpose: "",
  channel: "",
  recipients: [],
  level: null,
};

const allButCollect = operations.filter((operation) => operation !== "collect");
const nothing: ReadonlySet<Id> = new Set();

export function impliedDenials(world: World): readonly ImpliedDenial[] {
  return [...quietChannels(world), ...overAge(world), ...withoutConsent(world)];
}

export function selectsImplied(world: World, denial: ImpliedDenial, act: Act): boolean {
  return (
    denial.operations.includes(act.operation) &&
    (denial.channels === null || denial.channels.has(act.channel)) &&
    !denial.exceptPurposes.has(act.purpose) &&
    !(denial.outboundOnly && world.interactions.get(act.interaction)?.startedBy === "customer") &&
    (denial.selectsField(act.field, act.operation) ||
      (act.with !== null && denial.selectsField(act.with, act.operation)))
  );
}

/** The quiet time of a channel holds for it and for every channel within it. */
function* quietChannels(world: World): Generator<ImpliedDenial> {
  for (const channel of world.model.channels) {
    if (channel.quiet === null) continue;
    const { from, to, exceptFor } = channel.quiet;
    yield {
      kind: "quiet",
      path: pathOf(world, channel.id, "quiet"),
      because: `\`${lastPart(channel.id)}\` is quiet from ${from} to ${to}.`,
      at: channel.at,
      operations,
      channels: within(world.channels, [channel.id]),
      exceptPurposes: covered(world.purposes, exceptFor),
      outboundOnly: true,
      selectsField: () => true,
      condition: () => ({ op: "between", fact: "local_time", from, to }),
      quiet: channel.quiet,
    };
  }
}

/** Too old, or of unknown age. What is inferred counts against the sources that it is made from, not against its own. */
function* overAge(world: World): Generator<ImpliedDenial> {
  for (const source of world.model.sources) {
    if (source.keep === null || source.keep.deletedByStore) continue;
    const { atMost, exceptFor } = source.keep;
    yield {
      kind: "keep",
      path: pathOf(world, source.id, "keep"),
      because: `\`${lastPart(source.id)}\` may be kept for ${durationText(atMost)} at most, and this is older or of unknown age.`,
      at: source.at,
      operations: allButCollect,
      channels: null,
      exceptPurposes: covered(world.purposes, exceptFor),
      outboundOnly: false,
      selectsField: (field, operation) => keptBy(world, field, operation).includes(source.id),
      condition: (act) => tooOld(world, source.id, atMost, act),
      quiet: null,
    };
  }
}

/** Of a pair, a piece counts with its own age; where the source keeps both, the older counts, unknown if either is. */
function tooOld(world: World, source: Id, atMost: number, act: Act): Expr {
  const kept = (field: Id) => keptBy(world, field, act.operation).includes(source);
  const fact = act.with === null || (kept(act.field) && kept(act.with)) ? "data.age" : ownAge(kept(act.field));
  return { op: "compare", operator: ">", fact, value: atMost };
}
function ownAge(ofData: boolean): FactName {
  return ofData ? pieceAges.data : pieceAges.with;
}

/** The sources whose `keep at most` counts for a field. */
function keptBy(world: World, field: Id, operation: Operation): readonly Id[] {
  const { source } = world.fields.get(field) as FieldInfo;
  if (operation !== "infer" || source.origin !== "derived") return [source.id];
  return source.derivedFrom.map((ref) => sourceOf(world, ref));
}

function* withoutConsent(world: World): Generator<ImpliedDenial> {
  for (const source of world.model.sources) {
    if (source.consentFor === null) continue;
    const purpose = source.consentFor;
    const selector = { data: [{ kind: "source", id: source.id } as const], with: null, level: null };
    yield {
      kind: "consent",
      path: pathOf(world, source.id, "consent"),
      because: `\`${lastPart(source.id)}\` needs the customer's consent for \`${lastPart(purpose)}\`.`,
      at: source.at,
      operations,
      channels: null,
      exceptPurposes: nothing,
      outboundOnly: false,
      selectsField: (field) => selectsData(world, selector, { field, with: null, level: null }, "wide"),
      condition: () => ({
        op: "not",
        operand: {
          op: "and",
          operands: [
            { op: "consent", explicit: false, purpose },
            { op: "not", operand: { op: "objection", purpose } },
          ],
        },
      }),
      quiet: null,
    };
  }
}

function pathOf(world: World, id: Id, what: string): string {
  const policy = policyOf(id);
  return `${policy === world.model.policy ? "" : `${policy}/`}${lastPart(id)}.${what}`;
}

const units = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["week", 7 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** Seconds in the largest unit that gives a whole number: `3 years`. */
export function durationText(seconds: number): string {
  const [unit, size] = units.find(([, length]) => seconds > 0 && seconds % length === 0) ?? ["second", 1];
  const count = seconds / size;
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
