import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Model } from "./model.ts";

/** What does not bear on decisions: where things stand, what is written about them, and what built files say of themselves. */
const asides = new Set(["at", "files", "doc", "hash", "sourceRoot"]);

/**
 * The canonical form: JSON without white space, keys sorted by UTF-16 code units (after RFC 8785), without positions and
 * documentation. Two models with the same one decide alike, for the same reasons.
 */
export function canonical(value: unknown, aside: ReadonlySet<string> = asides): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  // Models are large: their text is put together piece by piece, without lists of pieces.
  let text = "";
  if (Array.isArray(value)) {
    for (const item of value) text += text === "" ? canonical(item, aside) : `,${canonical(item, aside)}`;
    return `[${text}]`;
  }
  for (const key of Object.keys(value).sort()) {
    const item = (value as Readonly<Record<string, unknown>>)[key];
    if (item === undefined || aside.has(key)) continue;
    // A duty's arguments bear the names that the policy gave them: `at` may be one.
    const inside = canonical(item, key === "arguments" ? nothing : aside);
    text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${inside}`;
  }
  return `{${text}}`;
}
const nothing: ReadonlySet<string> = new Set();

const hashes = new WeakMap<Model, string>();

/** `sha256:` and 64 hexadecimal digits, over the canonical form in UTF-8. */
export function hashModel(model: Model): string {
  const known = hashes.get(model);
  if (known !== undefined) return known;
  const hash = `sha256:${bytesToHex(sha256(utf8ToBytes(canonical(model))))}`;
  hashes.set(model, hash);
  return hash;
}
