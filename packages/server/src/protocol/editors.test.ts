import type { LanguageClientOptions } from "@scruple/testkit/language-client";
import { expect, it } from "vitest";
import type { ClientCapabilities, Diagnostic } from "vscode-languageserver";
import { bundledServer } from "../testing/start-server.ts";

const servers = bundledServer();

/** How an editor begins: what matters here of the first message that it sends. */
interface Beginning {
  readonly capabilities: ClientCapabilities;
  /** Given the URI of its folder. */
  readonly params: (folder: string) => NonNullable<LanguageClientOptions["initialize"]>;
  /** Files whose findings it is told of: the one that it has open, and all others where it has a folder and does not ask. */
  readonly sees: "what is open" | "all";
}

const folderOf = (uri: string) => [{ uri, name: "shop" }];
const pathOf = (uri: string) => new URL(uri).pathname;

const oldNeovim: ClientCapabilities = {
  general: { positionEncodings: ["utf-8", "utf-16", "utf-32"] },
  textDocument: { diagnostic: { dynamicRegistration: true }, publishDiagnostics: { relatedInformation: true } },
  window: { workDoneProgress: true },
  workspace: { didChangeWatchedFiles: { dynamicRegistration: false } },
};
const neovim: ClientCapabilities = {
  ...oldNeovim,
  workspace: { ...oldNeovim.workspace, diagnostics: { refreshSupport: true } },
};

const editors: Readonly<Record<string, Beginning>> = {
  "Neovim, which asks, counts in UTF-8 if it may, and watches no files on Linux": {
    capabilities: neovim,
    params: (uri) => ({ rootPath: pathOf(uri), rootUri: uri, workspaceFolders: folderOf(uri) }),
    sees: "what is open",
  },
  "Neovim 0.11, which asks at edits alone": {
    capabilities: oldNeovim,
    params: (uri) => ({ rootPath: pathOf(uri), rootUri: uri, workspaceFolders: folderOf(uri) }),
    sees: "all",
  },
  "Neovim with a file outside any project that it knows": {
    capabilities: neovim,
    params: () => ({ rootPath: null, rootUri: null, workspaceFolders: null }),
    sees: "what is open",
  },
  "Helix, which counts in UTF-8 or UTF-32 if it may, and is told": {
    capabilities: {
      general: { positionEncodings: ["utf-8", "utf-32", "utf-16"] },
      textDocument: { publishDiagnostics: { versionSupport: true } },
      window: { workDoneProgress: true },
      workspace: { didChangeWatchedFiles: { dynamicRegistration: true }, workspaceFolders: true },
    },
    params: (uri) => ({ rootPath: pathOf(uri), rootUri: uri, workspaceFolders: folderOf(uri) }),
    sees: "all",
  },
  "Zed, which asks": {
    capabilities: {
      general: { positionEncodings: ["utf-16"] },
      textDocument: { diagnostic: { dynamicRegistration: true, relatedDocumentSupport: true } },
      workspace: { diagnostics: { refreshSupport: true }, workspaceFolders: true },
    },
    params: (uri) => ({ rootUri: uri, workspaceFolders: folderOf(uri) }),
    sees: "what is open",
  },
  "Eglot before it knew of workspace folders": {
    capabilities: {
      textDocument: { publishDiagnostics: { relatedInformation: false } },
      workspace: { didChangeWatchedFiles: { dynamicRegistration: true } },
    },
    params: (uri) => ({ rootPath: pathOf(uri), rootUri: uri, workspaceFolders: undefined }),
    sees: "all",
  },
  "LSP4IJ, whose process is not its parent": {
    capabilities: {
      textDocument: { publishDiagnostics: {} },
      workspace: { didChangeWatchedFiles: { dynamicRegistration: true }, workspaceFolders: true },
    },
    params: (uri) => ({ processId: null, rootUri: uri, workspaceFolders: folderOf(uri) }),
    sees: "all",
  },
};

const files = {
  "scruple.json": "{}",
  "a.scruple": "policy a\npurpose care\n",
  // What stands before the mistake has four bytes in UTF-8, two units in UTF-16 and one in UTF-32.
  "b.scruple": "policy b\nuse a\n/* 🏝 */ purpose help within car\n",
  "c.scruple": "policy c\nuse a\npurpose more within car\n",
};
const mistake = { start: { line: 2, character: 29 }, end: { line: 2, character: 32 } };

for (const [editor, { capabilities, params, sees }] of Object.entries(editors)) {
  it(`serves ${editor}`, async () => {
    const folder = servers.folder(files);
    const { client } = await servers.start({}, { capabilities, initialize: params(folder.uri) });
    expect(client.initialized.capabilities.positionEncoding).toBe("utf-16");
    const uri = folder.uriOf("b.scruple");
    await client.open(uri, files["b.scruple"]);
    const isMistake = ({ code }: Diagnostic) => code === "SCR2004";
    const asks = sees === "what is open";
    expect(client.initialized.capabilities.diagnosticProvider !== undefined).toBe(asks);
    const found = asks
      ? (await client.request<{ items: Diagnostic[] }>("textDocument/diagnostic", { textDocument: { uri } })).items
      : await client.published(uri, (list) => list.some(isMistake));
    expect(found.filter(isMistake).map(({ range }) => range)).toEqual([mistake]);
    if (sees === "all") await client.published(folder.uriOf("c.scruple"), (list) => list.some(isMistake));

    const definition = await client.request("textDocument/definition", {
      textDocument: { uri },
      position: { line: 1, character: 5 },
    });
    expect(JSON.stringify(definition)).toContain(folder.uriOf("a.scruple"));
    const asked = client.received.filter(({ method }) => method === "client/registerCapability");
    const watches = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    expect(asked.length > 0).toBe(watches);
    expect(await client.stop()).toBe(0);
  });
}
