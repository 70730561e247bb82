import { type Site, unknown } from "../index.ts";

/** A call as it came, read once: whatever getters or proxies say later does not count. */
export interface Call {
  readonly interaction: string;
  readonly operation: string;
  readonly purpose: unknown;
  readonly channel: unknown;
  readonly recipient: unknown;
  /** The level of precision that is asked for, of the data that has it. */
  readonly level: unknown;
  readonly joined: string | null;
  /** Of whom the data is; null: of nobody in particular. */
  readonly subject: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
  /** The fact `data.age`, which is that of all pieces which have none of their own. */
  readonly age: unknown;
  /** The idempotency key. */
  readonly key: string | null;
  /** Whether it has no key, or what can be none, and nothing else is wrong with it. */
  readonly isUnkeyed: boolean;
  /** What makes it no proper call. */
  readonly faults: readonly string[];
}

const keys = ["subject", "operation", "with", "for", "on", "to", "at", "facts", "key"] as const;
type Key = (typeof keys)[number];

/** Nobody's name or key is longer; who sends requests must not fill stores. In UTF-16 units. */
const longest = 1_000;
/** No set of a policy has more elements. */
const mostElements = 10_000;

/** @param operation Where that is fixed; else the call says it, or the interaction has only one. */
export function readCall(site: Site, operation: string | null, raw: unknown): Call {
  const faults: string[] = [];
  let given: Partial<Record<Key, unknown>> = {};
  let facts: Record<string, unknown> = {};
  try {
    given = properties(raw, "A call");
    facts = given.facts === undefined || given.facts === null ? {} : properties(given.facts, "`facts`");
    for (const key of Object.keys(given))
      if (!keys.includes(key as Key)) faults.push(`\`${key}\` is no key of a call to a guard.`);
    for (const key of Object.keys(facts)) facts[key] = still(facts[key]);
  } catch (error) {
    faults.push(error instanceof Unreadable ? error.message : "The call could not be read.");
  }
  const name = (key: "subject" | "key" | "with", what: string): string | null => {
    const value = given[key] ?? null;
    if (value === null || (typeof value === "string" && value !== "" && value.length <= longest)) return value;
    faults.push(`\`${key}\` is ${what}, in a string of at most ${longest} characters.`);
    return null;
  };
  const { "data.age": age, ...others } = facts;
  const [only, ...more] = site.operations;
  const joined = name("with", "a field");
  const subject = name("subject", "the id of a person");
  const isSound = faults.length === 0;
  const key = name("key", "the idempotency key");
  return {
    interaction: site.name,
    operation: operation ?? text(given.operation) ?? (more.length === 0 ? only : undefined) ?? "",
    purpose: given.for ?? site.purpose,
    channel: given.on,
    recipient: given.to,
    level: given.at,
    joined,
    subject,
    facts: Object.assign(Object.create(null), others),
    // Not to be known, and to be left out, is the same; loaders may tell then.
    age: age === null || age === unknown ? undefined : age,
    key,
    isUnkeyed: isSound && key === null,
    faults,
  };
}

class Unreadable extends Error {}

/** Own properties, each read once, in an object without a prototype. */
function properties(raw: unknown, what: string): Record<string, unknown> {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) throw new Unreadable(`${what} is an object.`);
  return Object.assign(Object.create(null), raw);
}

/** A value that does not change any more. What no fact can be is null, which is unknown. */
function still(value: unknown): unknown {
  if (Array.isArray(value)) {
    const { length } = value;
    if (!(length <= mostElements)) return null;
    return Array.from({ length }, (_, i) => text(value[i]) ?? null);
  }
  return typeof value === "object" || typeof value === "function" ? null : value;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
