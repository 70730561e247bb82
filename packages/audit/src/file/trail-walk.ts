import type { Receipt } from "@scruple/runtime/enforce";
import { ChainCheck, origin } from "../chain.ts";
import type { TrailLine } from "./read-lines.ts";
import { TornEnd } from "./torn-end.ts";
import { fileName } from "./trail-folder.ts";
import { readEntry, readHeader } from "./trail-line.ts";
import type { Findings, TrailBreach } from "./trail-report.ts";

export interface WalkOptions {
  /** Receipts that entries have to agree with. */
  readonly known: readonly Receipt[];
  /** The index of the last entry that was acknowledged: what lies behind may be torn. Null where that is not known. */
  readonly acknowledged: number | null;
  /** Whether files have to bear the names that they were given. */
  readonly hasNames: boolean;
}

/** Goes through the lines of a trail, file by file, and tells what is not as it was written. */
export class TrailWalk {
  /** What the first entry follows. */
  after = origin;
  entries = 0;
  since: string | null = null;
  /** The canonical text of the last entry. */
  lastEntry: string | null = null;
  file = "";
  readonly #options: WalkOptions;
  readonly #findings: Findings;
  #chain: ChainCheck | null = null;
  #line = 0;
  /** What may turn out to be torn, and what is wrong with it. */
  #torn: { readonly end: TornEnd; readonly breach: TrailBreach } | null = null;

  constructor(options: WalkOptions, findings: Findings) {
    this.#options = options;
    this.#findings = findings;
  }

  get last(): Receipt {
    return this.#chain?.last ?? this.after;
  }

  begin(file: string): void {
    this.file = file;
    this.#line = 0;
  }

  /** @param isLast whether nothing comes after this file */
  take({ text, bytes, ended }: TrailLine, isLast: boolean): void {
    this.#line += 1;
    const line = ended ? text : null;
    if (this.#line === 1 && line !== null) this.#header(readHeader(line));
    else if (this.#torn === null) this.#entry(line, ended, isLast);
    if (this.#torn !== null) this.#torn.end.bytes += bytes;
  }

  /** Takes note that what has the name of this file is none. */
  skip(): void {
    this.#findings.breach({ ...this.#place(), line: null, message: "It is no file." });
  }

  end(): void {
    if (this.#line === 0) this.#findings.breach({ ...this.#place(), line: null, message: "The file is empty." });
    if (this.#torn === null) return;
    const { end, breach } = this.#torn;
    if (!end.isOfCrash) this.#findings.breach(breach);
    else {
      this.#findings.note(
        `\`${this.file}\` ends from line ${breach.line} on with what was not acknowledged, as it does after a crash or while it is written.`,
      );
    }
  }

  /** Looks at what should have come. */
  finish(): void {
    const cut = (this.#chain ?? new ChainCheck({ known: this.#options.known })).end();
    if (cut !== null) this.#findings.breach({ file: this.file, line: null, ...cut });
  }

  #header(from: Receipt | null): void {
    const { last } = this;
    if (from === null) {
      this.#tell("unreadable", "The file does not begin as a trail does.");
      return;
    }
    if (this.#options.hasNames && this.file !== fileName(from.index + 1)) {
      this.#tell("misplaced", "The file has the name of another.");
    }
    if (this.#chain === null) this.after = from;
    else if (from.index > last.index) {
      this.#tell("missing", `The file follows entry ${from.index}, and stands after entry ${last.index}.`);
    } else {
      if (from.index < last.index || from.hash !== last.hash) {
        this.#tell("misplaced", `The file does not follow entry ${last.index}, after which it stands.`);
      }
      return;
    }
    // Behind a gap it goes on with what the file says of itself.
    this.#chain = new ChainCheck({ from, known: this.#options.known });
  }

  #entry(line: string | null, ended: boolean, isLast: boolean): void {
    const { known, acknowledged } = this.#options;
    const before = this.last;
    const kept = line === null ? null : readEntry(line);
    if (kept !== null) this.#chain ??= new ChainCheck({ known });
    const wrong = kept === null ? null : this.#chain!.check(kept);
    if (kept === null || wrong !== null) {
      const breach = { ...this.#place(), ...(wrong ?? { message: unreadable(line, ended) }) };
      const mayEnd = isLast && this.#line > 1 && acknowledged !== null;
      const end = mayEnd ? TornEnd.behind(before, acknowledged, wrong) : null;
      if (end !== null) {
        this.#torn = { end, breach };
        this.#chain = new ChainCheck({ from: before, known });
        return;
      }
      this.#findings.breach(breach);
    }
    if (kept === null) return;
    this.entries += 1;
    this.since ??= writtenAt(kept.entry);
    this.lastEntry = kept.entry;
  }

  #tell(kind: TrailBreach["kind"], message: string): void {
    this.#findings.breach({ ...this.#place(), kind, message });
  }

  #place(): TrailBreach {
    return { kind: "unreadable", file: this.file, line: this.#line, index: this.last.index + 1, message: "" };
  }
}

function unreadable(line: string | null, ended: boolean): string {
  if (line !== null) return "The line is no entry.";
  return ended ? "The line is not as it was written." : "The file ends within a line.";
}

/** When an entry was written, by its text; null where that is not to be seen, since it may have been changed. */
export function writtenAt(entry: string): string | null {
  try {
    const { at } = JSON.parse(entry);
    return typeof at === "string" ? at : null;
  } catch {
    return null;
  }
}
