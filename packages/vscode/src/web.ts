import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { answerForFiles } from "./answer-for-files.ts";
import { startExtension } from "./start-extension.ts";

/** What a page has, and the types of Node do not know. */
declare const Worker: new (url: string) => Exclude<ConstructorParameters<typeof LanguageClient>[2], () => unknown>;

/** In a browser: the server is a web worker, and reads files by way of the editor. */
export function activate(context: vscode.ExtensionContext): Promise<void> {
  const url = vscode.Uri.joinPath(context.extensionUri, "server.web.js").toString(true);
  return startExtension(context, (options) => {
    const client = new LanguageClient("scruple", "Scruple", async () => new Worker(url), options);
    answerForFiles(client);
    return client;
  });
}
