import type { LanguageClient } from "@scruple/testkit/language-client";
import { beforeAll, describe, expect, it } from "vitest";
import { methods } from "../requests/methods.ts";
import { bundledServer, type Folder } from "../testing/start-server.ts";

const servers = bundledServer();

const text = `policy shop
use std.categories
use std.purposes
use std.recipients
use std.channels

source orders provided
  collected for customer_care
{
  size : preference
}

duty remember(within : duration)
condition adult = group_size > 18

interaction letter started by customer {
  purposes customer_care
  channels email

  // We remember your size.
  sizes: allow disclose orders.size
    under consent
    when adult
    then remember(within = 1 day)
}

test "sizes" {
  in letter for customer_care on email
  expect deny use orders.size
}
`;
const everything = {
  workspace: {
    diagnostics: { refreshSupport: true },
    textDocumentContent: {},
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
  textDocument: { diagnostic: {}, completion: { completionItem: { snippetSupport: true } } },
  window: { workDoneProgress: true },
};
const at = (needle: string, more = 0) => {
  const before = text.slice(0, text.indexOf(needle) + more).split("\n");
  return { line: before.length - 1, character: before.at(-1)!.length };
};
const all = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

let client: LanguageClient;
let folder: Folder;
let textDocument: { uri: string };
beforeAll(async () => {
  ({ client, folder } = await servers.start(
    { "shop.scruple": text, "scruple.json": '{ "include": ["shop.scruple"] }' },
    { capabilities: everything, kept: true },
  ));
  textDocument = { uri: folder.uriOf("shop.scruple") };
  await client.open(textDocument.uri, text);
});

type Ask = () => Promise<unknown>;
const place = (needle: string, more = 0) => ({ textDocument, position: at(needle, more) });
/** What was last asked, by method. */
const asked = new Map<string, object>();
const ask =
  (method: string, params: () => object): Ask =>
  () => {
    asked.set(method, params());
    return client.request(method, asked.get(method));
  };
/** The second of two requests, made of what the first one was answered. */
const then =
  (first: Ask, method: string, params: (answer: never) => object): Ask =>
  async () => {
    const answer = (await first()) as never;
    return ask(method, () => params(answer))();
  };

/** For each capability the requests that it promises, each with something to be answered. */
const promised: Record<string, Record<string, Ask>> = {
  completionProvider: {
    "textDocument/completion": ask("textDocument/completion", () => place("orders.size\n", 7)),
    "completionItem/resolve": then(
      ask("textDocument/completion", () => place("orders.size\n", 7)),
      "completionItem/resolve",
      ({ items }: { items: object[] }) => items[0]!,
    ),
  },
  hoverProvider: { "textDocument/hover": ask("textDocument/hover", () => place("orders.size", 1)) },
  signatureHelpProvider: {
    "textDocument/signatureHelp": ask("textDocument/signatureHelp", () => place("(within = ", 1)),
  },
  definitionProvider: { "textDocument/definition": ask("textDocument/definition", () => place("orders.size", 1)) },
  typeDefinitionProvider: {
    "textDocument/typeDefinition": ask("textDocument/typeDefinition", () => place("orders.size", 8)),
  },
  referencesProvider: {
    "textDocument/references": ask("textDocument/references", () => ({
      ...place("orders.size", 1),
      context: { includeDeclaration: true },
    })),
  },
  documentHighlightProvider: {
    "textDocument/documentHighlight": ask("textDocument/documentHighlight", () => place("orders.size", 1)),
  },
  documentSymbolProvider: {
    "textDocument/documentSymbol": ask("textDocument/documentSymbol", () => ({ textDocument })),
  },
  workspaceSymbolProvider: { "workspace/symbol": ask("workspace/symbol", () => ({ query: "siz" })) },
  codeActionProvider: {
    "textDocument/codeAction": ask("textDocument/codeAction", () => ({
      textDocument,
      range: all,
      context: { diagnostics: [{ range: all, message: "" }], only: ["quickfix", "refactor"] },
    })),
  },
  codeLensProvider: {
    "textDocument/codeLens": ask("textDocument/codeLens", () => ({ textDocument })),
    "codeLens/resolve": then(
      ask("textDocument/codeLens", () => ({ textDocument })),
      "codeLens/resolve",
      (lenses: object[]) => lenses[0]!,
    ),
  },
  documentLinkProvider: { "textDocument/documentLink": ask("textDocument/documentLink", () => ({ textDocument })) },
  documentFormattingProvider: {
    "textDocument/formatting": ask("textDocument/formatting", () => ({ textDocument, options: {} })),
  },
  documentRangeFormattingProvider: {
    "textDocument/rangeFormatting": ask("textDocument/rangeFormatting", () => ({
      textDocument,
      range: all,
      options: {},
    })),
  },
  documentOnTypeFormattingProvider: {
    "textDocument/onTypeFormatting": ask("textDocument/onTypeFormatting", () => ({
      ...place("}\n\nduty", 1),
      ch: "}",
      options: {},
    })),
  },
  renameProvider: {
    "textDocument/prepareRename": ask("textDocument/prepareRename", () => place("orders.size", 1)),
    "textDocument/rename": ask("textDocument/rename", () => ({ ...place("orders.size", 1), newName: "purchases" })),
  },
  foldingRangeProvider: { "textDocument/foldingRange": ask("textDocument/foldingRange", () => ({ textDocument })) },
  selectionRangeProvider: {
    "textDocument/selectionRange": ask("textDocument/selectionRange", () => ({
      textDocument,
      positions: [at("orders")],
    })),
  },
  callHierarchyProvider: {
    "textDocument/prepareCallHierarchy": ask("textDocument/prepareCallHierarchy", () => place("adult", 1)),
    "callHierarchy/incomingCalls": then(
      ask("textDocument/prepareCallHierarchy", () => place("adult", 1)),
      "callHierarchy/incomingCalls",
      (items: object[]) => ({ item: items[0] }),
    ),
    "callHierarchy/outgoingCalls": then(
      ask("textDocument/prepareCallHierarchy", () => place("orders provided", 1)),
      "callHierarchy/outgoingCalls",
      (items: object[]) => ({ item: items[0] }),
    ),
  },
  semanticTokensProvider: {
    "textDocument/semanticTokens/full": ask("textDocument/semanticTokens/full", () => ({ textDocument })),
    "textDocument/semanticTokens/full/delta": then(
      ask("textDocument/semanticTokens/full", () => ({ textDocument })),
      "textDocument/semanticTokens/full/delta",
      ({ resultId }: { resultId: string }) => ({ textDocument, previousResultId: resultId }),
    ),
    "textDocument/semanticTokens/range": ask("textDocument/semanticTokens/range", () => ({ textDocument, range: all })),
  },
  inlayHintProvider: { "textDocument/inlayHint": ask("textDocument/inlayHint", () => ({ textDocument, range: all })) },
  executeCommandProvider: {
    "workspace/executeCommand": ask("workspace/executeCommand", () => ({
      command: "scruple.runTests",
      arguments: [textDocument.uri, "sizes"],
    })),
  },
  diagnosticProvider: {
    "textDocument/diagnostic": ask("textDocument/diagnostic", () => ({ textDocument })),
    "workspace/diagnostic": ask("workspace/diagnostic", () => ({
      previousResultIds: [{ uri: textDocument.uri, value: "" }],
    })),
  },
  "workspace.textDocumentContent": {
    "workspace/textDocumentContent": ask("workspace/textDocumentContent", () => ({
      uri: "scruple:/std/purposes.scruple",
    })),
  },
  "workspace.fileOperations": {
    "workspace/willRenameFiles": ask("workspace/willRenameFiles", () => ({
      files: [{ oldUri: textDocument.uri, newUri: folder.uriOf("store.scruple") }],
    })),
  },
};
/** What is promised of notifications, or of the connection itself; other tests are about them. */
const others = ["positionEncoding", "textDocumentSync", "workspace.workspaceFolders"];

const extension: Record<string, Ask> = {
  "scruple/status": ask("scruple/status", () => ({})),
  "scruple/tests": ask("scruple/tests", () => ({})),
  "scruple/runTests": ask("scruple/runTests", () => ({ textDocument })),
  "scruple/coverage": ask("scruple/coverage", () => ({ textDocument })),
  "scruple/matrix": ask("scruple/matrix", () => place("letter started", 1)),
  "scruple/explain": ask("scruple/explain", () => ({ textDocument, request: {} })),
};

describe("what an extension may ask besides", () => {
  it("is all asked for here", () => {
    const own = Object.keys(methods).filter((method) => method.startsWith("scruple/"));
    expect(own.sort()).toEqual(Object.keys(extension).sort());
  });

  for (const [method, request] of Object.entries(extension))
    it(`${method} has an answer`, async () => expect(JSON.stringify(await request()).length).toBeGreaterThan(2));

  it("tells how promises stand", async () => {
    const { client } = await servers.start({
      "a.scruple": `${text}\npromise "sizes stay here" {\n  never disclose orders.size\n  never use orders.size on sms\n}\n`,
    });
    await client.until(({ method }) => method === "textDocument/publishDiagnostics");
    let status = { isSettled: false };
    while (!status.isSettled) status = await client.request("scruple/status");
    expect(status).toEqual({ isSettled: true, errors: 1, promises: { total: 2, broken: 1, undecided: 0 } });
  });
});

describe("what is advertised", () => {
  it("is all asked for here", () => {
    const { workspace, ...own } = client.initialized.capabilities;
    const advertised = [...Object.keys(own), ...Object.keys(workspace ?? {}).map((key) => `workspace.${key}`)];
    expect(advertised.sort()).toEqual([...Object.keys(promised), ...others].sort());
  });

  it("is all answered, and nothing else is but the extension's own", () => {
    const asked = Object.values(promised).flatMap((requests) => Object.keys(requests));
    const own = Object.keys(methods).filter((method) => method.startsWith("scruple/"));
    expect(Object.keys(methods).sort()).toEqual([...asked, ...own].sort());
  });

  it("has a handler for each command", async () => {
    for (const command of client.initialized.capabilities.executeCommandProvider!.commands) {
      const answer = await client.request("workspace/executeCommand", {
        command,
        arguments: [textDocument.uri, "sizes"],
      });
      expect(answer).toBeTruthy();
    }
  });

  for (const [capability, requests] of Object.entries(promised))
    for (const [method, request] of Object.entries(requests))
      it(`${capability}: ${method} has an answer`, async () => {
        const answer = await request();
        expect(answer).not.toBeNull();
        // A file that is laid out already has no edits.
        if (!/ormatting$/.test(method)) expect(JSON.stringify(answer).length).toBeGreaterThan(2);
      });
});

/** What comes of a value where any part of it is left out or something else. */
function* spoilt(value: unknown): Generator<unknown> {
  yield* [undefined, null, 5, "x", [], [1], {}];
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value))
    for (const other of spoilt(part))
      yield Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other };
}

describe("what is asked wrongly", () => {
  for (const requests of [...Object.values(promised), extension])
    for (const [method, request] of Object.entries(requests))
      it(`${method} is answered, or refused as that`, async () => {
        await request();
        const failed: string[] = [];
        for (const params of spoilt(asked.get(method))) {
          // The protocol knows no others.
          if (params !== undefined && typeof params !== "object") continue;
          const { code } = await client.request(method, params).then(
            () => ({ code: 0 }),
            (error: { code: number }) => error,
          );
          if (code === -32603) failed.push(JSON.stringify(params));
        }
        expect(failed).toEqual([]);
      });
});
