import type { DecisionMatrix, Verdict } from "@scruple/service";
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { Pages } from "./pages.ts";
import { ask } from "./requests.ts";

const operations: readonly DecisionMatrix["operation"][] = ["use", "disclose", "collect", "infer", "combine"];
const signs: Readonly<Record<Verdict, string>> = {
  allowed: "$(check) allowed",
  denied: "$(x) denied",
  conditional: "$(circle-outline) depends on facts",
  unknown: "$(question) too much to be looked at",
};

/** Asks for a request about the interaction at the cursor, step by step, and shows how it is decided and by which rules. */
export async function explainRequest(client: BaseLanguageClient, pages: Pages): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== "scruple")
    return void vscode.window.showInformationMessage(
      "Put the cursor into an interaction of a policy: a request about it will be explained.",
    );
  const textDocument = { uri: client.code2ProtocolConverter.asUri(editor.document.uri) };
  const position = client.code2ProtocolConverter.asPosition(editor.selection.active);
  const operation = await pick("What is done with the data?", operations, (one) => ({ label: one }));
  if (operation === undefined) return;
  const matrix = await ask(client, "scruple/matrix", { textDocument, position, operation });
  if (matrix === null)
    return void vscode.window.showWarningMessage(
      "There is no interaction in this file, or its policy has errors, which come first.",
    );
  if (matrix.rows.length === 0)
    return void vscode.window.showInformationMessage(
      `No rule allows to ${operation} any data in ${matrix.interaction}: whatever is asked is denied.`,
    );
  const row = await pick(`Which data, in ${matrix.interaction}?`, matrix.rows, ({ name }) => ({ label: name }));
  if (row === undefined) return;
  const cell = await pick(
    `Over which channel is ${row.name} handled?`,
    matrix.columns.map(({ name }, place) => ({ name, ...row.cells[place]! })),
    ({ name, verdict }) => ({ label: name, description: signs[verdict] }),
  );
  if (cell === undefined) return;
  const markdown = await ask(client, "scruple/explain", { textDocument, request: cell.request });
  const request = JSON.stringify(cell.request, null, 2);
  const title = `${operation} ${row.name} on ${cell.name}`;
  await pages.show(
    title,
    `# ${title}\n\nIn ${matrix.interaction}, where nothing else is known.\n\n${markdown}\n\n\`\`\`json\n${request}\n\`\`\`\n`,
  );
}

async function pick<Thing>(
  title: string,
  things: readonly Thing[],
  describe: (thing: Thing) => vscode.QuickPickItem,
): Promise<Thing | undefined> {
  const items = things.map((thing) => ({ ...describe(thing), thing }));
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.thing;
}
