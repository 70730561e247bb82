import { createHmac } from "node:crypto";

/** Fewer bytes can be guessed, and with them who a trail is about. */
const shortestKey = 16;

const blank = new Set([0x09, 0x0a, 0x0d, 0x20]);

/**
 * Stands something else in for what names a person: HMAC-SHA-256 under a key, so that equal names stay equal and nobody
 * without the key can tell whose they are. The result begins with which key it was made with, so that keys can change:
 * `hmac:5f1c09ab:` and 64 hexadecimal digits.
 *
 * @param key at least 16 bytes; white space at either end is not part of it, so that a text file will do
 * @throws RangeError where the key is shorter
 */
export function pseudonym(key: Uint8Array | string): (name: string) => string {
  const bytes = trimmed(Buffer.from(key as Uint8Array));
  if (bytes.length < shortestKey) {
    throw new RangeError(`The key has ${bytes.length} bytes; it takes at least ${shortestKey}, better 32 random ones.`);
  }
  const mac = (text: string) => createHmac("sha256", bytes).update(text).digest("hex");
  // Names come behind a prefix, so that none of them gives what stands for the key.
  const which = mac("key").slice(0, 8);
  return (name) => `hmac:${which}:${mac(`name:${name}`)}`;
}

function trimmed(bytes: Buffer): Buffer {
  let start = 0;
  let end = bytes.length;
  while (start < end && blank.has(bytes[start]!)) start += 1;
  while (end > start && blank.has(bytes[end - 1]!)) end -= 1;
  return bytes.subarray(start, end);
}
