import { readSync, writeSync } from "node:fs";
import type { InitializeParams } from "vscode-languageserver";
import { answerToInitialize } from "../requests/initialize.ts";

/**
 * What has been exchanged with an editor before the server was loaded. An editor's first message is `initialize`, and the answer
 * says only what the server can do: so it is given by these few lines, and the server is loaded while the editor digests it.
 * Nothing here may import what takes time to load.
 */
export interface Early {
  /** The id of the `initialize` that has been answered; null where something else came, and nothing has been answered. */
  readonly answered: number | string | null;
  /** Hands the server all that has been read, from the first message on, as if it came now. */
  replay(): void;
}

/**
 * Over the standard streams. They are read without the machinery of streams, which takes longer to start than all the rest, and is not
 * missed while there is one message to wait for.
 */
export function answerOnStreams(): Early {
  const chunks: Buffer[] = [];
  const answered = answerFirst(chunks);
  return { answered, replay: () => void process.stdin.unshift(Buffer.concat(chunks)) };
}

function answerFirst(chunks: Buffer[]): Early["answered"] {
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(65_536);
      const size = readSync(0, chunk);
      if (size === 0) return null;
      chunks.push(chunk.subarray(0, size));
      const body = firstBody(Buffer.concat(chunks));
      if (body === "none") return null;
      if (body === "incomplete") continue;
      const answer = answerTo(JSON.parse(body.toString("utf8")));
      if (answer === null) return null;
      const text = JSON.stringify(answer);
      writeWhole(Buffer.from(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`));
      return answer.id;
    }
  } catch {
    // A stream that does not wait, or something that is no message: for the server to make the best of.
    return null;
  }
}

/** The body of the message that some bytes begin with. */
function firstBody(bytes: Buffer): Buffer | "incomplete" | "none" {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return bytes.length > 4_096 ? "none" : "incomplete";
  const length = /^content-length: *(\d+) *$/im.exec(bytes.toString("latin1", 0, end))?.[1];
  if (length === undefined) return "none";
  const body = bytes.subarray(end + 4, end + 4 + Number(length));
  return body.length < Number(length) ? "incomplete" : body;
}

/** Once a part has gone out, the rest has to, whether or not the editor is slow to take it. */
function writeWhole(bytes: Buffer): void {
  let written = writeSync(1, bytes);
  while (written < bytes.length) {
    try {
      written += writeSync(1, bytes, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") return;
    }
  }
}

/** Over the channel to the process that has forked this one. The answer comes with the first message. */
export function answerOnChannel(): Promise<Early> {
  return new Promise((resolve) => {
    const messages: unknown[] = [];
    const keep = (message: unknown) => {
      if (messages.push(message) > 1) return;
      const answer = answerTo(message);
      if (answer !== null) process.send?.(answer);
      resolve({
        answered: answer?.id ?? null,
        replay: () => {
          process.off("message", keep);
          for (const one of messages) process.emit("message", one, undefined);
        },
      });
    };
    process.on("message", keep);
  });
}

/** The answer to a message where that is `initialize`, well formed; else null. */
function answerTo(message: unknown) {
  const { id, method, params } = message as { id?: unknown; method?: unknown; params?: unknown };
  if (method !== "initialize" || (typeof id !== "number" && typeof id !== "string")) return null;
  try {
    return { jsonrpc: "2.0", id, result: answerToInitialize(params as InitializeParams) };
  } catch {
    return null;
  }
}
