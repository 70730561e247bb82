import { setFlagsFromString } from "node:v8";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { serve } from "../serve.ts";
import { nodeHost } from "./node-host.ts";

/** Serves the editor at the other end of this process' standard streams. Ends the process when the editor says so. */
export function serveStdio(): void {
  growSlowly();
  serve(createConnection(ProposedFeatures.all, process.stdin, process.stdout), nodeHost());
}

/** Serves over what the arguments of this process name: `--stdio`, `--node-ipc`, `--socket=PORT` or `--pipe=NAME`. */
export function serveProcess(): void {
  growSlowly();
  serve(createConnection(ProposedFeatures.all), nodeHost());
}

/**
 * What an edit of a large project leaves behind is several times what is in use. Without this, the heap grows to four times of that
 * before it is looked through; so it is twice, for a tenth of the time more.
 */
function growSlowly(): void {
  setFlagsFromString("--heap-growing-percent=100");
}
