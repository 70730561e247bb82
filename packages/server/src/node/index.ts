import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { serve } from "../serve.ts";
import { nodeHost } from "./node-host.ts";

/** Serves the editor at the other end of this process' standard streams. Ends the process when the editor says so. */
export function serveStdio(): void {
  serve(createConnection(ProposedFeatures.all, process.stdin, process.stdout), nodeHost());
}

/** Serves over what the arguments of this process name: `--stdio`, `--node-ipc`, `--socket=PORT` or `--pipe=NAME`. */
export function serveProcess(): void {
  serve(createConnection(ProposedFeatures.all), nodeHost());
}
