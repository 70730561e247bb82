import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { serve } from "../serve.ts";
import { clientHost } from "./client-host.ts";

/** Serves the page that has started this worker. @param scope the worker's global scope */
export function serveWorker(scope: unknown): void {
  const port = scope as ConstructorParameters<typeof BrowserMessageReader>[0];
  const connection = createConnection(new BrowserMessageReader(port), new BrowserMessageWriter(port));
  serve(connection, clientHost(connection));
}
