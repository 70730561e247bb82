import { hash } from "node:crypto";
import type { Receipt } from "@scruple/runtime/enforce";

/** An entry as it is kept: its place, its hash, and its canonical text. */
export interface Kept extends Receipt {
  readonly entry: string;
}

/** What the first entry of a trail follows. */
export const origin: Receipt = Object.freeze({ index: -1, hash: `sha256:${"0".repeat(64)}` });

/**
 * The receipt of the entry that comes after another: SHA-256 over the hash before it, its index and its canonical text,
 * in UTF-8, each on a line of its own. A receipt thereby stands for everything up to its entry.
 */
export function extend(last: Receipt, entry: string): Receipt {
  const index = last.index + 1;
  return { index, hash: `sha256:${hash("sha256", `${last.hash}\n${index}\n${entry}`, "hex")}` };
}

/** Something that a chain shows to be wrong. */
export interface Breach {
  /**
   * `changed`: an entry does not follow from what stands before it; `missing`: entries are gone before this one;
   * `misplaced`: an entry stands behind one with its index or a higher one; `rewritten`: an entry is not the one that
   * was acknowledged; `cut`: acknowledged entries are gone from the end.
   */
  readonly kind: "changed" | "missing" | "misplaced" | "rewritten" | "cut";
  /** Where it shows: the index of an entry. */
  readonly index: number;
  readonly message: string;
}

export interface ChainStart {
  /** What the first entry follows: `origin` if left out, or the receipt of the last entry that was removed in order. */
  readonly from?: Receipt;
  /** Receipts known from elsewhere. Only they can show that the end is missing, or that everything was written anew. */
  readonly known?: readonly Receipt[];
}

/**
 * Follows a chain, entry by entry, in constant memory. After a breach it goes on with what is there, so that one change
 * is told once and those behind it are found too.
 */
export class ChainCheck {
  readonly #from: Receipt;
  #last: Receipt;
  readonly #known: readonly Receipt[];

  constructor({ from = origin, known = [] }: ChainStart = {}) {
    this.#from = from;
    this.#last = from;
    this.#known = known;
  }

  /** What the next entry has to follow. */
  get last(): Receipt {
    return this.#last;
  }

  /** @returns what is wrong with the entry that comes next; null where it stands where it should, as it was written */
  check({ index, hash, entry }: Kept): Breach | null {
    const last = this.#last;
    // No receipt would ever be of an entry that stands between two places, and `NaN` stands behind none.
    if (!Number.isSafeInteger(index)) {
      return { kind: "misplaced", index, message: `There is no place ${index} for an entry.` };
    }
    if (index <= last.index) {
      return { kind: "misplaced", index, message: `Entry ${index} stands after entry ${last.index}.` };
    }
    this.#last = { index, hash };
    if (index > last.index + 1) {
      return {
        kind: "missing",
        index,
        message: `${entries(last.index + 1, index - 1)} missing before entry ${index}.`,
      };
    }
    if (extend(last, entry).hash !== hash) {
      const message = `Entry ${index} does not follow from what stands before it: it, or the one before, was changed.`;
      return { kind: "changed", index, message };
    }
    return this.#rewritten({ index, hash });
  }

  /** @returns what is wrong with the chain if it ends here */
  end(): Breach | null {
    const rewritten = this.#rewritten(this.#from);
    if (rewritten !== null) return rewritten;
    const { index } = this.#last;
    const furthest = Math.max(...this.#known.map((receipt) => receipt.index), index);
    if (furthest === index) return null;
    const message = `${entries(index + 1, furthest)} missing at the end: entry ${furthest} was acknowledged.`;
    return { kind: "cut", index: index + 1, message };
  }

  #rewritten({ index, hash }: Receipt): Breach | null {
    if (this.#known.every((receipt) => receipt.index !== index || receipt.hash === hash)) return null;
    const what = index < 0 ? "The beginning" : `Entry ${index}`;
    return { kind: "rewritten", index, message: `${what} is not the one that was acknowledged.` };
  }
}

/** What came of following a whole chain. */
export interface ChainReport {
  readonly entries: number;
  /** Of the last entry. */
  readonly last: Receipt;
  readonly breaches: readonly Breach[];
}

/** The most breaches that are listed: a trail that is wrong throughout must not fill the memory. */
const mostBreaches = 100;

/** Follows a chain from wherever it is kept. Whatever reading it throws is thrown on. */
export async function verifyChain(
  kept: AsyncIterable<Kept> | Iterable<Kept>,
  start?: ChainStart,
): Promise<ChainReport> {
  const chain = new ChainCheck(start);
  const breaches: Breach[] = [];
  const note = (breach: Breach | null) => {
    if (breach !== null && breaches.length < mostBreaches) breaches.push(breach);
  };
  let entries = 0;
  for await (const one of kept) {
    entries += 1;
    note(chain.check(one));
  }
  note(chain.end());
  return { entries, last: chain.last, breaches };
}

function entries(from: number, to: number): string {
  return from === to ? `Entry ${from} is` : `Entries ${from} to ${to} are`;
}
