import { commands as serverCommands, showReferences } from "@scruple/service/traits";
import * as vscode from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import { clientOptions } from "./client-options.ts";
import { explainRequest } from "./explain-request.ts";
import { MatrixView } from "./matrix-view.ts";
import { Pages } from "./pages.ts";
import { PromiseStatus } from "./promise-status.ts";
import { referencesFromLens } from "./references-from-lens.ts";
import { TestExplorer } from "./test-explorer.ts";

/**
 * All that desktop and browser have in common.
 *
 * @param createClient makes the client of a server that is reached in the platform's way
 */
export async function startExtension(
  context: vscode.ExtensionContext,
  createClient: (options: LanguageClientOptions) => BaseLanguageClient,
): Promise<void> {
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
  context.subscriptions.push(
    output,
    pages,
    client,
    new PromiseStatus(client),
    explorer,
    new MatrixView(client, context.extensionUri),
    vscode.commands.registerCommand("scruple.explainRequest", () => explainRequest(client, pages)),
    vscode.commands.registerCommand(showReferences, referencesFromLens(client)),
    vscode.commands.registerCommand("scruple.restartServer", async () => {
      await client.stop();
      await client.start();
    }),
  );
  await client.start();
}
