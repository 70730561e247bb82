import type { AuditEntry } from "@scruple/runtime/enforce";

/** The longest canonical entry that is kept, in UTF-16 units: whoever reads a trail may hold a line in memory. */
export const longestEntry = 1 << 18;

/**
 * The one text of an entry: JSON without white space, with keys in the order of their UTF-16 code units and lists in the
 * order given (after RFC 8785). It is what hashes are taken over and what is kept, as it stands: who parses it and
 * writes it anew, as a `jsonb` column does, has another text.
 *
 * Keys that this version does not know are written too, so that a trail outlives additions to entries.
 *
 * @throws TypeError where something in it is not flat JSON; RangeError where the text is longer than `longestEntry`
 */
export function canonicalEntry(entry: AuditEntry): string {
  const text = object(entry, "", (value, path) => {
    if (Array.isArray(value)) return `[${value.map((item, i) => scalar(item, `${path}[${i}]`)).join(",")}]`;
    return isObject(value) ? object(value, `${path}.`, scalar) : scalar(value, path);
  });
  if (text.length > longestEntry) {
    throw new RangeError(`The entry is ${text.length} characters long; the longest that is kept has ${longestEntry}.`);
  }
  return text;
}

function object(value: object, prefix: string, write: (value: unknown, path: string) => string): string {
  const parts = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${write((value as Record<string, unknown>)[key], prefix + key)}`);
  return `{${parts.join(",")}}`;
}

function scalar(value: unknown, path: string): string {
  if (value === null || typeof value === "string" || typeof value === "boolean") return JSON.stringify(value);
  // Other numbers have no text that all languages agree on.
  if (Number.isSafeInteger(value)) return String(value);
  throw new TypeError(`\`${path}\` of an audit entry is no text, whole number, truth value or null.`);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
