import { type Attribute, builtinFacts, type Model, readValue, type Type } from "@scruple/model";
import { CallError } from "../exit.ts";

/** The flags of one request, as given. */
export interface RequestFlags {
  readonly id?: string;
  readonly interaction?: string;
  readonly operation?: string;
  readonly data?: readonly string[];
  readonly with?: string;
  readonly purpose?: string;
  readonly channel?: string;
  readonly recipient?: string;
  readonly precision?: string;
  readonly subject?: readonly string[];
  readonly fact?: readonly string[];
  /** Several; false where `--no-consent` says that there are none. */
  readonly consent?: readonly string[] | false;
  readonly objection?: readonly string[] | false;
}

/** Whether any flag asks for a request. */
export function hasRequest(flags: RequestFlags): boolean {
  return Object.values(flags).some((value) => value !== undefined);
}

/**
 * The request that flags describe, in the shape of the wire; values are read as the policy types them.
 *
 * @param warn told of each value that does not fit its type, and so counts as unknown
 * @throws CallError where a flag is not of its form
 */
export function requestFromFlags(
  flags: RequestFlags,
  model: Model,
  warn: (message: string) => void,
): Record<string, unknown> {
  const pieces = flags.data?.map(piece);
  const request: Record<string, unknown> = {
    id: flags.id ?? null,
    interaction: flags.interaction,
    operation: flags.operation,
    data: pieces?.length === 1 ? pieces[0] : pieces,
    with: flags.with === undefined ? undefined : piece(flags.with),
    purpose: flags.purpose,
    channel: flags.channel,
    recipient: flags.recipient,
    precision: flags.precision,
    subject: flags.subject && values(flags.subject, "--subject", subjectTypes(model.subject), warn),
    facts: flags.fact && values(flags.fact, "--fact", factTypes(model.facts), warn),
    consents: flags.consent === false ? [] : flags.consent?.map((text) => consent(text, true)),
    objections: flags.objection === false ? [] : flags.objection?.map((text) => consent(text, false)),
  };
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
}

/** `complaints.complaint` or `complaints.complaint@3 years`. */
function piece(text: string): unknown {
  const match = /^(.+)@(\d+(?: ?[a-z]+)?)$/s.exec(text);
  if (match === null) return text;
  return { field: match[1], age: durationOf(match[2]!) };
}

/** `P`, `P@C`, and for consents `:explicit` behind either. */
function consent(text: string, explicitAllowed: boolean): Record<string, unknown> {
  const explicit = explicitAllowed && text.endsWith(":explicit");
  const [purpose, channel = "any", ...rest] = (explicit ? text.slice(0, -":explicit".length) : text).split("@");
  if (!purpose || channel === "" || rest.length > 0) {
    const flag = explicitAllowed ? "--consent" : "--objection";
    throw new CallError(
      `\`${flag} ${text}\` names no purpose and channel.`,
      `Write it as \`${flag} PURPOSE@CHANNEL\`.`,
    );
  }
  return { purpose, channel, ...(explicit && { explicit: true }) };
}

function subjectTypes(attributes: readonly Attribute[]): ReadonlyMap<string, Type> {
  return new Map([["id", { kind: "text" }], ...attributes.map(({ name, type }): [string, Type] => [name, type])]);
}

function factTypes(facts: readonly Attribute[]): ReadonlyMap<string, Type> {
  return new Map([...Object.entries(builtinFacts), ...facts.map(({ name, type }): [string, Type] => [name, type])]);
}

function values(
  texts: readonly string[],
  flag: string,
  types: ReadonlyMap<string, Type>,
  warn: (message: string) => void,
): Record<string, unknown> {
  const result = new Map<string, unknown>();
  for (const text of texts) {
    const at = text.indexOf("=");
    if (at < 1) throw new CallError(`\`${flag} ${text}\` has no value.`, `Write it as \`${flag} NAME=VALUE\`.`);
    const name = text.slice(0, at);
    const type = types.get(name);
    // A name that is not declared is the guard's to report, as it does for a request that comes as JSON.
    const value = type === undefined ? text.slice(at + 1) : typed(text.slice(at + 1), type);
    if (type !== undefined && readValue(type, value) === undefined) {
      warn(`\`${text.slice(at + 1)}\` is no ${describeType(type)}, so \`${name}\` counts as unknown.`);
    }
    result.set(name, value);
  }
  return Object.fromEntries(result);
}

function typed(text: string, type: Type): unknown {
  switch (type.kind) {
    case "bool":
      return text === "true" ? true : text === "false" ? false : text;
    case "int":
      return /^-?\d+$/.test(text) ? Number(text) : text;
    case "duration":
      return durationOf(text);
    case "set":
      return text === "" ? [] : text.split(",").map((part) => part.trim());
    default:
      return text;
  }
}

/** Seconds as a number, everything else as it stands: `3 years`, and `3years` for shells. */
function durationOf(text: string): unknown {
  if (/^\d+$/.test(text)) return Number(text);
  return text.replace(/^(\d+)([a-z]+)$/, "$1 $2");
}

function describeType(type: Type): string {
  switch (type.kind) {
    case "bool":
      return "`true` or `false`";
    case "int":
      return `whole number${type.min === null ? "" : ` from ${type.min}`}${type.max === null ? "" : ` to ${type.max}`}`;
    case "oneOf":
      return `one of ${type.values.map((value) => `\`${value}\``).join(", ")}`;
    case "set":
      return `list, with commas, of ${type.values.map((value) => `\`${value}\``).join(", ")}`;
    case "time":
      return "time such as `09:30`";
    case "date":
      return "date such as `2026-11-21`";
    case "duration":
      return "duration such as `3 years`";
    case "text":
      return "text";
  }
}
