import { answerOnChannel, answerOnStreams } from "./early-answer.ts";

async function main(): Promise<void> {
  const over = process.argv.includes("--node-ipc") ? "channel" : process.argv.includes("--stdio") ? "streams" : null;
  const early = over === "channel" ? await answerOnChannel() : over === "streams" ? answerOnStreams() : null;
  const { serveProcess } = await import("./index.ts");
  serveProcess(over, early);
}

void main();
