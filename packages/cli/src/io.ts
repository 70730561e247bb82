import type { Readable, Writable } from "node:stream";

/** A stream that people may be looking at. */
export type Sink = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** Everything that a command knows of the world, so that a test can bring its own. */
export interface Io {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** Ends `--watch` and a stream of requests. */
  readonly signal?: AbortSignal;
  /** `YYYY-MM-DD`; the day of the machine, in UTC, where it is left out. */
  readonly today?: string;
}
