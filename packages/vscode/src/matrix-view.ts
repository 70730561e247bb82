import type { DecisionMatrix } from "@scruple/service";
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { onPolicyChanges } from "./policy-changes.ts";
import { ask } from "./requests.ts";

/** What `matrix.js` sends from the page. */
type FromPage =
  | { readonly type: "ready" }
  | { readonly type: "choose"; readonly by: DecisionMatrix["by"]; readonly operation: DecisionMatrix["operation"] }
  | { readonly type: "why"; readonly request: unknown };

/**
 * The decision matrix of the interaction at the cursor, beside the editor: data by channel or purpose, and for each whether it is
 * allowed. It follows the cursor and every edit; a click on a cell says why.
 */
export class MatrixView implements vscode.Disposable {
  readonly #client: BaseLanguageClient;
  readonly #extension: vscode.Uri;
  readonly #subscriptions: vscode.Disposable;
  #panel: vscode.WebviewPanel | null = null;
  #editor: vscode.TextEditor | undefined;
  #by: DecisionMatrix["by"] = "channel";
  #operation: DecisionMatrix["operation"] = "use";

  constructor(client: BaseLanguageClient, extension: vscode.Uri) {
    this.#client = client;
    this.#extension = extension;
    this.#subscriptions = vscode.Disposable.from(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#follow(textEditor)),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#follow(editor)),
      onPolicyChanges(client, () => this.#show()),
    );
  }

  /** Opens it, or brings it to the front. */
  open(): void {
    this.#follow(vscode.window.activeTextEditor);
    if (this.#panel !== null) {
      this.#panel.reveal(undefined, true);
      return;
    }
    const media = this.#extension;
    this.#panel = vscode.window.createWebviewPanel(
      "scruple.matrix",
      "Decision Matrix",
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [media] },
    );
    this.#panel.onDidDispose(() => {
      this.#panel = null;
    });
    const { webview } = this.#panel;
    webview.onDidReceiveMessage((message: FromPage) => this.#receive(message));
    webview.html = page(webview, media);
  }

  /** The panel itself is no text editor: while it has the focus, the last one counts. */
  #follow(editor: vscode.TextEditor | undefined): void {
    if (editor?.document.languageId !== "scruple") return;
    this.#editor = editor;
    void this.#show();
  }

  async #show(): Promise<void> {
    if (this.#panel === null) return;
    const place = this.#place();
    const by = this.#by;
    const operation = this.#operation;
    const matrix =
      place === null ? null : await ask(this.#client, "scruple/matrix", { ...place, by, operation }).catch(() => null);
    await this.#panel?.webview.postMessage({ type: "matrix", matrix, by, operation });
  }

  async #receive(message: FromPage): Promise<void> {
    if (message.type === "choose") {
      this.#by = message.by;
      this.#operation = message.operation;
    }
    if (message.type !== "why") return this.#show();
    const place = this.#place();
    if (place === null) return;
    const { request } = message;
    const markdown = await ask(this.#client, "scruple/explain", { ...place, request }).catch(
      (error: Error) => error.message,
    );
    const html = await vscode.commands.executeCommand<string>("markdown.api.render", markdown);
    await this.#panel?.webview.postMessage({ type: "why", html });
  }

  #place() {
    const editor = this.#editor;
    if (editor === undefined || !this.#client.isRunning()) return null;
    const { asUri, asPosition } = this.#client.code2ProtocolConverter;
    return { textDocument: { uri: asUri(editor.document.uri) }, position: asPosition(editor.selection.active) };
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#panel?.dispose();
  }
}

function page(webview: vscode.Webview, media: vscode.Uri): string {
  const uri = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(media, name));
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src ${webview.cspSource}`;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <link rel="stylesheet" href="${uri("matrix.css")}">
    <title>Decision Matrix</title>
  </head>
  <body>
    <main></main>
    <section id="why" aria-label="Why" aria-live="polite"></section>
    <script src="${uri("matrix.js")}"></script>
  </body>
</html>`;
}
