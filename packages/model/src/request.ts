import { covered } from "./hierarchy.ts";
import { type FactName, type Id, type Operation, operations, type Value } from "./model.ts";
import { nearest } from "./nearest.ts";
import type { RequestNames } from "./request-names.ts";
import { readDuration, readValue } from "./values.ts";
import type { World } from "./world.ts";

/** A request that makes sense: names resolved, values read, what is unknown left out. */
export interface Request {
  readonly id: string | number | null;
  readonly interaction: Id;
  readonly operation: Operation;
  readonly pieces: readonly Piece[];
  readonly with: Piece | null;
  readonly purpose: Id;
  readonly channel: Id;
  readonly recipients: readonly Id[];
  readonly level: string | null;
  /** Known facts and attributes, by the names that `missing` uses; `data.age` is with the pieces. */
  readonly facts: ReadonlyMap<FactName, Value>;
  readonly consents: readonly Consent[] | undefined;
  readonly objections: readonly Consent[] | undefined;
}
export interface Piece {
  readonly field: Id;
  /** Seconds. */
  readonly age: number | undefined;
}
/** Null stands for `any`. */
export interface Consent {
  readonly purpose: Id | null;
  readonly channel: Id | null;
  readonly explicit: boolean;
}

const keys = [
  ..."id interaction operation data with purpose channel recipient precision".split(" "),
  ..."subject facts consents objections".split(" "),
];

/** A request as it came, read; or what is wrong with it, a sentence an error. */
export function readRequest(world: World, raw: unknown): Request | readonly string[] {
  if (!isObject(raw)) return ["A request is a JSON object."];
  const reader = new Reader(world);
  const request = reader.request(raw);
  return reader.errors.length > 0 ? reader.errors : request;
}

export function requestId(raw: unknown): string | number | null {
  const id = isObject(raw) ? raw.id : null;
  return typeof id === "string" || (typeof id === "number" && Number.isFinite(id)) ? id : null;
}

function isObject(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}

class Reader {
  readonly errors: string[] = [];
  private readonly world: World;
  private readonly names: RequestNames;

  constructor(world: World) {
    this.world = world;
    this.names = world.names;
  }

  request(raw: Record<string, unknown>): Request {
    this.knownKeys(raw, keys, "a request");
    const facts = this.facts(raw.facts);
    const operation = this.oneOf("operation", raw.operation, operations) as Operation;
    const channel = this.name("channel", raw.channel, this.names.channels);
    const shared =
      raw.facts === null || raw.facts === undefined ? undefined : (raw.facts as Record<string, unknown>)["data.age"];
    const pieces = this.pieces(raw.data, shared);
    const joined = this.joined(raw.with, operation, shared);
    this.oneAge(shared, raw);
    return {
      id: requestId(raw),
      interaction: this.name("interaction", raw.interaction, this.names.interactions),
      operation,
      pieces,
      with: joined,
      purpose: this.name("purpose", raw.purpose, this.names.purposes),
      channel,
      recipients: this.recipients(raw.recipient, channel),
      level: this.level(raw.precision, joined === null ? pieces : [...pieces, joined]),
      facts: new Map([...facts, ...this.subject(raw.subject)]),
      consents: this.consents(raw.consents, ["purpose", "channel", "explicit"]),
      objections: this.consents(raw.objections, ["purpose", "channel"]),
    };
  }

  private knownKeys(raw: Record<string, unknown>, known: readonly string[], what: string): void {
    for (const key of Object.keys(raw)) {
      if (!known.includes(key)) this.errors.push(`\`${key}\` is no key of ${what}.${nearest(key, known)}`);
    }
  }

  /** An id; "" after an error. */
  private name(key: string, raw: unknown, names: ReadonlyMap<string, Id>): Id {
    if (raw === undefined || raw === null) return this.fail(`\`${key}\` is missing.`);
    if (typeof raw !== "string") return this.fail(`\`${key}\` is a name, in a string.`);
    return names.get(raw) ?? this.fail(`There is no ${key} \`${raw}\`.${nearest(raw, names.keys())}`);
  }

  private oneOf(key: string, raw: unknown, values: readonly string[]): string {
    return this.name(key, raw, new Map(values.map((value) => [value, value])));
  }

  private fail(message: string): "" {
    this.errors.push(message);
    return "";
  }

  private pieces(raw: unknown, shared: unknown): readonly Piece[] {
    if (raw === undefined || raw === null) this.fail("`data` is missing.");
    else if (Array.isArray(raw) && raw.length === 0) this.fail("`data` is empty.");
    else return (Array.isArray(raw) ? Array.from(raw) : [raw]).map((piece) => this.piece("data", piece, shared));
    return [];
  }

  private piece(key: "data" | "with", raw: unknown, shared: unknown): Piece {
    if (typeof raw === "string")
      return { field: this.name("field", raw, this.names.fields), age: readDuration(shared) };
    if (!isObject(raw)) {
      this.fail(
        `\`${key}\` is a field, or an object with a \`field\` and its \`age\`${key === "data" ? ", or a list of these" : ""}.`,
      );
      return { field: "", age: undefined };
    }
    this.knownKeys(raw, ["field", "age"], `a piece of \`${key}\``);
    const age = raw.age ?? shared;
    return { field: this.name("field", raw.field, this.names.fields), age: readDuration(age) };
  }

  private joined(raw: unknown, operation: string, shared: unknown): Piece | null {
    const absent = raw === undefined || raw === null;
    if (operation === "combine" && absent) this.fail("`combine` needs `with`: the field that the data is joined with.");
    if (operation !== "combine" && !absent) this.fail("`with` belongs to the operation `combine` alone.");
    return absent ? null : this.piece("with", raw, shared);
  }

  /** One age for all, or each piece its own. */
  private oneAge(shared: unknown, raw: Record<string, unknown>): void {
    if (shared === undefined || shared === null) return;
    const pieces = [...(Array.isArray(raw.data) ? raw.data : [raw.data]), raw.with];
    if (pieces.some((piece) => isObject(piece) && piece.age !== undefined && piece.age !== null)) {
      this.fail("The age is one for all, as the fact `data.age`, or each piece has its own; here are both.");
    }
  }

  private recipients(raw: unknown, channel: Id): readonly Id[] {
    const reaches = this.world.channelOf.get(channel)?.reaches ?? [];
    if (raw === undefined || raw === null) return reaches;
    const recipient = this.name("recipient", raw, this.names.recipients);
    if (recipient !== "" && channel !== "" && !covered(this.world.recipients, reaches).has(recipient)) {
      this.fail(`The channel does not reach \`${raw}\`.`);
    }
    return [recipient];
  }

  private level(raw: unknown, pieces: readonly Piece[]): string | null {
    if (raw === undefined || raw === null) return null;
    const levels = pieces.flatMap(({ field }) => this.world.fields.get(field)?.levels ?? []);
    if (pieces.every(({ field }) => this.world.fields.has(field))) {
      if (typeof raw !== "string") this.fail("`precision` is a level, in a string.");
      else if (!levels.includes(raw))
        this.fail(`None of the data has the precision \`${raw}\`.${nearest(raw, levels)}`);
    }
    return String(raw);
  }

  private facts(raw: unknown): readonly (readonly [FactName, Value])[] {
    const declared = [...this.world.facts.keys()].filter((name) => !name.startsWith("subject."));
    return this.values("facts", raw, declared, "").filter(([name]) => name !== "data.age");
  }

  private subject(raw: unknown): readonly (readonly [FactName, Value])[] {
    const declared = this.world.model.subject.map(({ name }) => name);
    return this.values("subject", raw, [...declared, "id"], "subject.");
  }

  private values(key: string, raw: unknown, declared: readonly string[], prefix: string): [FactName, Value][] {
    if (raw === undefined || raw === null) return [];
    if (!isObject(raw)) {
      this.fail(`\`${key}\` is an object.`);
      return [];
    }
    this.knownKeys(raw, declared, `\`${key}\` in this policy`);
    return declared.flatMap((name): [FactName, Value][] => {
      const type = this.world.facts.get(prefix + name);
      const value = type && Object.hasOwn(raw, name) ? readValue(type, raw[name]) : undefined;
      return value === undefined ? [] : [[prefix + name, value]];
    });
  }

  /** One malformed element makes the whole list unknown. */
  private consents(raw: unknown, known: readonly string[]): readonly Consent[] | undefined {
    if (!Array.isArray(raw)) return undefined;
    const list = Array.from(raw, (element) => this.consent(element, known));
    return list.every((element) => element !== undefined) ? list : undefined;
  }

  private consent(raw: unknown, known: readonly string[]): Consent | undefined {
    if (!isObject(raw) || Object.keys(raw).some((key) => !known.includes(key))) return undefined;
    const { purpose, channel, explicit = null } = raw;
    const named = (value: unknown, names: ReadonlyMap<string, Id>) =>
      value === "any" ? null : typeof value === "string" ? names.get(value) : undefined;
    const consent = { purpose: named(purpose, this.names.purposes), channel: named(channel, this.names.channels) };
    if (consent.purpose === undefined || consent.channel === undefined) return undefined;
    if (explicit !== null && typeof explicit !== "boolean") return undefined;
    return { purpose: consent.purpose, channel: consent.channel, explicit: explicit === true };
  }
}
