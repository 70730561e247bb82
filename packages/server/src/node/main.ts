import module from "node:module";
import { answerOnChannel, answerOnStreams } from "./early-answer.ts";

async function main(): Promise<void> {
  const over = process.argv.includes("--node-ipc") ? "channel" : process.argv.includes("--stdio") ? "streams" : null;
  const early = over === "channel" ? await answerOnChannel() : over === "streams" ? answerOnStreams() : null;
  // From Node 22 on: what it makes of the server's code is kept for the next start.
  (module as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.();
  const { serveProcess } = await import("./index.ts");
  serveProcess(over, early);
}

void main();
