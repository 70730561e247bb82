import { setFlagsFromString } from "node:v8";
import {
  createConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageWriter,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { serve } from "../serve.ts";
import type { Early } from "./early-answer.ts";
import { nodeHost } from "./node-host.ts";

/**
 * What V8 is told. What an edit of a large project leaves behind is several times what is in use: by itself the heap grows to four
 * times of that before it is looked through; so it is twice, for a tenth of the time more. And V8 inlines much at once: while a large
 * workspace is looked at for the first time, optimising would take half as much of the processor as the work itself.
 */
const engineFlags = ["--heap-growing-percent=100", "--max-inlined-bytecode-size-cumulative=100"];

/**
 * Serves over the standard streams, over the channel to the process that has forked this one, or over what the arguments of this
 * process name: `--socket=PORT` or `--pipe=NAME`. Ends the process when the editor says so.
 *
 * @param early what has been exchanged before, where anything has
 */
export function serveProcess(over: "streams" | "channel" | null, early: Early | null): void {
  for (const flag of engineFlags) setFlagsFromString(flag);
  if (over === null) {
    serve(createConnection(ProposedFeatures.all), nodeHost());
    return;
  }
  const [reader, writer] =
    over === "channel"
      ? [new IPCMessageReader(process), new IPCMessageWriter(process)]
      : [new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout)];
  if (early !== null) leaveOutAnswer(writer, early.answered);
  const served = serve(createConnection(ProposedFeatures.all, reader, writer), nodeHost());
  if (over === "streams") process.stdin.once("end", () => process.exit(served.isShutDown ? 0 : 1));
  early?.replay();
}

/** Has a writer leave out the answer to a request, since the editor has it already. */
function leaveOutAnswer(writer: MessageWriter, id: Early["answered"]): void {
  if (id === null) return;
  const write = writer.write.bind(writer);
  writer.write = (message) => {
    if (!("id" in message) || message.id !== id || "method" in message) return write(message);
    writer.write = write;
    return Promise.resolve();
  };
}
