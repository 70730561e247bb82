import type { Receipt } from "@scruple/runtime/enforce";
import type { Breach } from "../chain.ts";

/** Something that is wrong with a trail, and where. */
export interface TrailBreach {
  /** Beside those of a chain: `unreadable`, a line or a mark is none; `unsigned`, a mark lacks its signature. */
  readonly kind: Breach["kind"] | "unreadable" | "unsigned";
  /** The name of a file. */
  readonly file: string;
  /** From 1; null where it is no line. */
  readonly line: number | null;
  /** The index of an entry; of one that cannot be read, the index that it should have. */
  readonly index: number | null;
  readonly message: string;
}

/** What verifying a trail came to. */
export interface TrailReport {
  readonly entries: number;
  readonly files: number;
  /** What the first entry follows; `origin` where the trail is there from its beginning. */
  readonly after: Receipt;
  /** Of the last entry. Kept elsewhere, it shows later that nothing up to there was changed. */
  readonly last: Receipt;
  /** When the first and the last entry were written; null where there are none. */
  readonly since: string | null;
  readonly until: string | null;
  /** As they were found, and no more than a hundred. */
  readonly breaches: readonly TrailBreach[];
  /** What is no breach but bears on what the report shows. */
  readonly notes: readonly string[];
}

const mostBreaches = 100;

/** Breaches and notes as they come; a trail that is wrong throughout must not fill the memory. */
export class Findings {
  readonly breaches: TrailBreach[] = [];
  readonly notes: string[] = [];
  #isFull = false;

  breach(breach: TrailBreach): void {
    if (this.breaches.length < mostBreaches) this.breaches.push(breach);
    else if (!this.#isFull) {
      this.#isFull = true;
      this.note("More is wrong than is listed here.");
    }
  }
  note(text: string): void {
    this.notes.push(text);
  }
}
