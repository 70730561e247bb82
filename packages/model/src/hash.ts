import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Model } from "./model.ts";

/** What does not bear on decisions: where things stand, what is written about them, and the hash in a built file. */
const asides = new Set(["at", "files", "doc", "hash"]);

/**
 * The canonical form: JSON without white space, keys sorted by UTF-16 code units (after RFC 8785), without positions and
 * documentation. Two models with the same one decide alike, for the same reasons.
 */
export function canonical(value: unknown, aside: ReadonlySet<string> = asides): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, aside)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([key, item]) => item !== undefined && !aside.has(key));
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  // A duty's arguments bear the names that the policy gave them: `at` may be one.
  const inside = (key: string, item: unknown) => canonical(item, key === "arguments" ? nothing : aside);
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${inside(key, item)}`).join(",")}}`;
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
