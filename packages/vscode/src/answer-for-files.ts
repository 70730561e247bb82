import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";

/** Reads and lists files for a server that reaches none. */
export function answerForFiles(client: BaseLanguageClient): void {
  client.onRequest("scruple/readFile", async ({ uri }: { readonly uri: string }): Promise<string | null> => {
    try {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.parse(uri, true));
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      return null;
    }
  });
  client.onRequest("scruple/listFiles", async ({ uri }: { readonly uri: string }): Promise<readonly string[]> => {
    const found: string[] = [];
    await list(vscode.Uri.parse(uri, true), found);
    return found;
  });
}

/** Folder by folder: not every file system of the web can be searched. */
async function list(folder: vscode.Uri, found: string[]): Promise<void> {
  let entries: readonly [string, vscode.FileType][];
  try {
    entries = await vscode.workspace.fs.readDirectory(folder);
  } catch {
    return;
  }
  for (const [name, type] of entries) {
    if (name.startsWith(".") || name === "node_modules") continue;
    const uri = vscode.Uri.joinPath(folder, name);
    if (type === vscode.FileType.Directory) await list(uri, found);
    else if (name.endsWith(".scruple") || name === "scruple.json") found.push(uri.toString());
  }
}
