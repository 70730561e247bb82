import { commands as serverCommands, showReferences } from "@scruple/service/traits";
import * as vscode from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import { clientOptions } from "./client-options.ts";
import { Pages } from "./pages.ts";
import { PromiseStatus } from "./promise-status.ts";
import { referencesFromLens } from "./references-from-lens.ts";

/**
 * All that desktop and browser have in common.
 *
 * @param createClient makes the client of a server that is reached in the platform's way
 */
export async function startExtension(
  context: vscode.ExtensionContext,
  createClient: (options: LanguageClientOptions) => BaseLanguageClient,
): Promise<void> {
  const pages = new Pages();
  const output = vscode.window.createOutputChannel("Scruple", { log: true });
  const client = createClient({
    ...clientOptions(output),
    middleware: {
      executeCommand: async (command, args, next) => {
        const answer: unknown = await next(command, args);
        if (command === serverCommands.explainTest && typeof answer === "string")
          await pages.show(String(args[1]), answer);
        return answer;
      },
    },
  });
  context.subscriptions.push(
    output,
    pages,
    client,
    new PromiseStatus(client),
    vscode.commands.registerCommand(showReferences, referencesFromLens(client)),
    vscode.commands.registerCommand("scruple.restartServer", async () => {
      await client.stop();
      await client.start();
    }),
  );
  await client.start();
}
