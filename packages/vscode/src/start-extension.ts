import { commands as serverCommands, showReferences } from "@scruple/service/traits";
import * as vscode from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import type { Commands } from "./activate-soon.ts";
import { clientOptions } from "./client-options.ts";
import type { editorNames } from "./command-names.ts";
import { explainRequest } from "./explain-request.ts";
import { MatrixView } from "./matrix-view.ts";
import { Pages } from "./pages.ts";
import { PromiseStatus } from "./promise-status.ts";
import { referencesFromLens } from "./references-from-lens.ts";
import { TestExplorer } from "./test-explorer.ts";

/**
 * Starts all that desktop and browser have in common.
 *
 * @param createClient makes the client of a server that is reached in the platform's way
 * @returns what carries out the commands; where they need the server, they wait for it
 */
export function startExtension(
  context: vscode.ExtensionContext,
  createClient: (options: LanguageClientOptions) => BaseLanguageClient,
): Commands<(typeof editorNames)[number]> {
  const pages = new Pages("scruple-reason");
  const output = vscode.window.createOutputChannel("Scruple", { log: true });
  const client = createClient({
    ...clientOptions(output),
    middleware: {
      executeCommand: async (command, args, next) => {
        const [uri, name] = args;
        if (command === serverCommands.runTests && name !== undefined && (await explorer.runNamed(uri, name))) return;
        const answer: unknown = await next(command, args);
        if (command === serverCommands.explainTest && typeof answer === "string") await pages.show(name, answer);
        return answer;
      },
    },
  });
  const explorer = new TestExplorer(client);
  const matrix = new MatrixView(client, context.extensionUri);
  context.subscriptions.push(output, pages, client, new PromiseStatus(client), explorer, matrix);
  // The client itself tells the user.
  client.start().catch((error: unknown) => output.error(`The language server did not start. ${String(error)}`));
  return {
    [showReferences]: referencesFromLens(client),
    "scruple.explainRequest": () => explainRequest(client, pages),
    "scruple.openMatrix": () => matrix.open(),
    "scruple.restartServer": async () => {
      await client.stop();
      await client.start();
    },
  };
}
