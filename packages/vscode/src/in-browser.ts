import * as vscode from "vscode";
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from "vscode-languageclient/browser";
import { answerForFiles } from "./answer-for-files.ts";
import { startExtension } from "./start-extension.ts";

type Port = ConstructorParameters<typeof BrowserMessageReader>[0] &
  ConstructorParameters<typeof BrowserMessageWriter>[0];
/** What a page has, and the types of Node do not know. */
declare const Worker: new (url: string) => Port;

/** In a browser, the server is a web worker, and reads files by way of the editor. */
export function startInBrowser(context: vscode.ExtensionContext) {
  const url = vscode.Uri.joinPath(context.extensionUri, "server.web.js").toString(true);
  return startExtension(context, (options) => {
    const start = async () => {
      const worker = new Worker(url);
      // The editor's own kind of worker, which the client would not know for one.
      return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
    };
    const client = new LanguageClient("scruple", "Scruple", start, options);
    answerForFiles(client);
    return client;
  });
}
