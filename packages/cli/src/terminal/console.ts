import { once } from "node:events";
import { styleText } from "node:util";
import type { Paint } from "@scruple/project/report";
import { CallError } from "../exit.ts";
import type { Io, Sink } from "../io.ts";
import { indented, type Line, line, showLines, styled } from "./line.ts";

export const plain: Paint = (_style, text) => text;
const coloured: Paint = (style, text) => styleText(style, text, { validateStream: false });

/** Colour and progress are for people at a terminal, and only where nothing in the environment speaks against them. */
function isForPeople(sink: Sink, env: Io["env"]): boolean {
  const ci = env.CI ?? "";
  return sink.isTTY === true && !env.NO_COLOR && (ci === "" || ci === "false" || ci === "0") && env.TERM !== "dumb";
}

/**
 * Standard output and standard error. A reader that goes away (`| head`) is no error: `closed` turns true, and whatever
 * is written from then on is dropped.
 */
export class Console {
  readonly #io: Io;
  #closed = false;
  #failure: Error | null = null;
  /** For standard output. */
  readonly paint: Paint;
  /** For standard error. */
  readonly paintNote: Paint;
  /** Whether to draw progress on standard error. */
  readonly showsProgress: boolean;

  constructor(io: Io, options: { readonly pretty: boolean }) {
    this.#io = io;
    this.paint = options.pretty && isForPeople(io.stdout, io.env) ? coloured : plain;
    this.paintNote = options.pretty && isForPeople(io.stderr, io.env) ? coloured : plain;
    this.showsProgress = options.pretty && isForPeople(io.stderr, io.env);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Watches the streams for errors until the returned function is called. */
  listen(): () => void {
    const onOutput = (error: NodeJS.ErrnoException) => {
      this.#closed = true;
      if (!isBrokenPipe(error)) this.#failure = error;
    };
    const onNote = () => {};
    this.#io.stdout.on("error", onOutput);
    this.#io.stderr.on("error", onNote);
    return () => {
      this.#io.stdout.off("error", onOutput);
      this.#io.stderr.off("error", onNote);
    };
  }

  /** Writes to standard output as it stands. */
  print(text: string): void {
    if (!this.#closed && text !== "") this.#io.stdout.write(text);
  }

  /** Writes lines for people to standard output. */
  printLines(lines: readonly (string | Line)[]): void {
    this.print(showLines(lines, this.paint));
  }

  /** Writes to standard output and waits until there is room for more. */
  async printSlowly(text: string): Promise<void> {
    if (this.#closed || text === "") return;
    if (this.#io.stdout.write(text)) return;
    // "close" comes where the reader is gone for good; `once` rejects on "error", which `listen` has noted by then.
    const stop = new AbortController();
    try {
      const { signal } = stop;
      await Promise.race([once(this.#io.stdout, "drain", { signal }), once(this.#io.stdout, "close", { signal })]);
    } catch (error) {
      if (!this.#closed) throw error;
    } finally {
      stop.abort();
    }
  }

  /** Writes a line to standard error, or a text of several. */
  note(text: string | Line): void {
    this.#io.stderr.write(showLines(typeof text === "string" ? indented(text) : [text], this.paintNote));
  }

  /** Writes what is wrong to standard error: every message of ours that ends a run begins alike. */
  noteError(message: string): void {
    const [first, ...rest] = indented(message);
    this.#io.stderr.write(showLines([line`${styled("red", "error:")} ${first ?? ""}`, ...rest], this.paintNote));
  }

  /** Writes to standard error as it stands; for progress that overwrites itself. */
  noteRaw(text: string): void {
    this.#io.stderr.write(text);
  }

  /** Waits until everything is written; throws where standard output failed in another way than by being closed. */
  async finish(): Promise<void> {
    for (const sink of [this.#io.stdout, this.#io.stderr]) {
      if (!sink.destroyed && !sink.writableEnded) {
        await new Promise<void>((resolve) => {
          sink.write("", () => resolve());
        });
      }
    }
    if (this.#failure !== null) {
      throw new CallError(`Standard output could not be written: ${this.#failure.message}.`);
    }
  }
}

function isBrokenPipe(error: NodeJS.ErrnoException): boolean {
  return error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED" || error.code === "ECONNRESET";
}
