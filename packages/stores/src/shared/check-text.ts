import { StoreError } from "./store-error.ts";

/** The longest texts that every store can index, in bytes of UTF-8. */
const longest = { subject: 1000, key: 1000, counter: 2000, reservation: 1000, purpose: 500, channel: 500 };

/**
 * Refuses what a store might take for another text: databases cut texts off at a NUL, and have one replacement for all
 * halves of surrogate pairs. One person's consent must not become another's.
 *
 * @throws StoreError without the text, which may name a person
 */
export function checkText(what: keyof typeof longest, text: unknown): string {
  if (typeof text !== "string") throw new StoreError(`The ${what} is not a text but ${typeof text}.`);
  if (text === "") throw new StoreError(`The ${what} is empty.`);
  const bytes = Buffer.byteLength(text);
  if (bytes > longest[what]) {
    throw new StoreError(`The ${what} is ${bytes} bytes long; stores take up to ${longest[what]}.`);
  }
  if (/[\0\p{Surrogate}]/u.test(text)) {
    throw new StoreError(`The ${what} holds a NUL or half of a surrogate pair, which not every store can tell apart.`);
  }
  return text;
}
