import { Dice, readCorpus } from "@scruple/testkit";
import type { LanguageClient } from "@scruple/testkit/language-client";
import { describe, expect, it } from "vitest";
import { CancellationTokenSource } from "vscode-languageserver-protocol";
import { bundledServer } from "../testing/start-server.ts";

const servers = bundledServer();
const pull = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } };
const text = "policy shop\npurpose care\npurpose help within care\n";
const codeOf = (error: unknown) => (error as { readonly code: number }).code;

async function failure(answer: Promise<unknown>): Promise<number> {
  try {
    await answer;
  } catch (error) {
    return codeOf(error);
  }
  throw new Error("It was answered.");
}

/** Enough to be busy with for some seconds. */
function busyWorkspace(): Record<string, string> {
  const rules = Array.from(
    { length: 12 },
    (_, rule) => `  r${rule}: allow use f.a${rule} when group_size > ${rule} and data.age < ${rule + 1} days`,
  );
  const fields = Array.from({ length: 12 }, (_, field) => `  a${field} : preference`).join("\n");
  const uses = ["categories", "purposes", "recipients", "channels"].map((name) => `use std.${name}`).join("\n");
  const interactions = Array.from(
    { length: 150 },
    (_, place) =>
      `interaction i${place} started by company {\n  purposes customer_care, direct_marketing\n  channels email, sms\n${rules.join("\n")}\n}`,
  );
  return { "a.scruple": `policy big\n${uses}\nsource f provided {\n${fields}\n}\n${interactions.join("\n")}\n` };
}

describe("cancellation", () => {
  it("is answered at once, also in the middle of an analysis", async () => {
    const { client, folder } = await servers.start(busyWorkspace(), { capabilities: pull });
    const source = new CancellationTokenSource();
    const params = { textDocument: { uri: folder.uriOf("a.scruple") } };
    await client.request("textDocument/diagnostic", params);
    const answers = Array.from({ length: 20 }, () =>
      client.request("workspace/diagnostic", { previousResultIds: [] }, source.token),
    );
    source.cancel();
    const codes = await Promise.all(answers.map(failure));
    expect(new Set(codes)).toEqual(new Set([-32800]));
    // Work goes on for those who wait.
    const symbols = await client.request<unknown[]>("textDocument/documentSymbol", params);
    expect(symbols.length).toBeGreaterThan(150);
  });
});

describe("all diagnostics", () => {
  const ask = (client: LanguageClient) =>
    client.request<{ items: { items: { code: string }[] }[] }>("workspace/diagnostic", { previousResultIds: [] });

  it("are held back until the analysis ends, once it has begun", async () => {
    const { client } = await servers.start(busyWorkspace(), { capabilities: pull });
    await ask(client);
    const { items } = await ask(client);
    expect(await client.request("scruple/status")).toMatchObject({ isSettled: true });
    const codes = items.flatMap((file) => file.items.map(({ code }) => code));
    expect(codes.filter((code) => code.startsWith("SCR5")).length).toBeGreaterThan(150);
  });

  it("are answered where the server ends before that", async () => {
    const { client } = await servers.start(busyWorkspace(), { capabilities: pull });
    await ask(client);
    const held = ask(client);
    await client.request("shutdown");
    expect((await held).items).toBeInstanceOf(Array);
  });
});

describe("edits", () => {
  it("are taken as they come, in whatever order and wherever they point", async () => {
    const { client, folder } = await servers.start({}, { capabilities: pull });
    const uri = folder.uriOf("a.scruple");
    await client.change(uri, 7, { text: "policy early" });
    await client.close(uri);
    await client.open(uri, text, 5);
    await client.open(uri, text, 4);
    await client.change(uri, 3, {
      range: { start: { line: 99, character: 9 }, end: { line: 2, character: 400 } },
      text: "\npurpose x\n",
    });
    await client.change(uri, 3, {
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      text: "",
    });
    const symbols = await client.request<{ name: string }[]>("textDocument/documentSymbol", { textDocument: { uri } });
    expect(symbols.map(({ name }) => name)).toEqual(["shop", "care", "help", "x"]);
    await client.close(uri);
    await client.close(uri);
    expect(await client.request("textDocument/documentSymbol", { textDocument: { uri } })).toBeNull();
  });

  it("have a rename refused that they overtake, since it would be one of what there was before", async () => {
    const { client, folder } = await servers.start();
    const uri = folder.uriOf("a.scruple");
    const big = busyWorkspace()["a.scruple"]!;
    await client.open(uri, big);
    const position = positionIn(big, big.indexOf("source f") + "source ".length);
    await client.request("textDocument/prepareRename", { textDocument: { uri }, position });
    const renamed = client.request("textDocument/rename", { textDocument: { uri }, position, newName: "fields" });
    const start = { line: 0, character: 0 };
    await client.change(uri, 2, { range: { start, end: start }, text: "// Typed meanwhile.\n" });
    await expect(renamed).rejects.toThrow("The policies have changed meanwhile. Rename it again.");
  });

  it("have what they overtake asked again, since its places would be those of before", async () => {
    const { client, folder } = await servers.start();
    const uri = folder.uriOf("a.scruple");
    const tests = Array.from(
      { length: 300 },
      (_, i) =>
        `test "${i}" {\n  in i${i % 150} for customer_care on email\n  given data.age = 1 days\n  expect deny use f.a1\n}\n`,
    );
    await client.open(uri, busyWorkspace()["a.scruple"]! + tests.join(""));
    const textDocument = { uri };
    const lenses = await client.request<{ data?: { kind: string } }[]>("textDocument/codeLens", { textDocument });
    const asked: readonly (readonly [method: string, params: object])[] = [
      ["codeLens/resolve", lenses.find(({ data }) => data?.kind === "coverage")!],
      ["scruple/runTests", { textDocument }],
      ["scruple/coverage", { textDocument }],
      ["workspace/executeCommand", { command: "scruple.runTests", arguments: [uri] }],
    ];
    // The editor's to ask again, in silence: the content was modified. Of what somebody has clicked, he hears.
    const contentModified = -32801;
    const requestFailed = -32803;
    for (const [place, [method, params]] of asked.entries()) {
      await client.request("scruple/tests");
      const answer = failure(client.request(method, params));
      const start = { line: 0, character: 0 };
      await client.change(uri, 2 + place, { range: { start, end: start }, text: "// Typed meanwhile.\n" });
      expect([method, await answer]).toEqual([
        method,
        method === "workspace/executeCommand" ? requestFailed : contentModified,
      ]);
    }
  });

  it("come to the same, ten thousand of them, as a fresh server finds", { timeout: 180_000 }, async () => {
    const pieces = readCorpus().good.flatMap(({ files }) => files.map((file) => file.text.replaceAll("\r", "")));
    const paths = ["a.scruple", "b.scruple", "c.scruple"];
    const start = Object.fromEntries(paths.map((path, place) => [path, pieces[place]!]));
    const edited = await servers.start(start, { capabilities: pull });
    const texts = new Map(paths.map((path) => [path, start[path]!]));
    for (const path of paths) await edited.client.open(edited.folder.uriOf(path), texts.get(path)!);
    const dice = new Dice(Number(process.env.SCRUPLE_SEED ?? 1));
    for (let edit = 0; edit < 10_000; edit++) {
      const path = dice.pick(paths);
      const before = texts.get(path)!;
      const from = dice.int(0, before.length);
      const to = Math.min(before.length, from + (dice.chance(0.3) ? dice.int(0, 60) : 0));
      const piece = dice.pick(pieces);
      const at = dice.int(0, piece.length - 1);
      // What grows is cut down again.
      const written = before.length > 4_000 ? "" : piece.slice(at, at + dice.int(0, 40));
      const end = before.length > 4_000 ? Math.min(before.length, from + 500) : to;
      texts.set(path, before.slice(0, from) + written + before.slice(end));
      const uri = edited.folder.uriOf(path);
      const range = { start: positionIn(before, from), end: positionIn(before, end) };
      await edited.client.change(uri, edit + 2, { range, text: written });
      if (edit % 400 === 0) await stateOf(edited.client, [uri]);
    }
    const fresh = await servers.start(start, { capabilities: pull });
    for (const path of paths) await fresh.client.open(fresh.folder.uriOf(path), texts.get(path)!);
    const [one, other] = await Promise.all(
      [edited, fresh].map(async ({ client, folder }) => {
        const state = await stateOf(
          client,
          paths.map((path) => folder.uriOf(path)),
        );
        return JSON.stringify(state).replaceAll(folder.uri, "");
      }),
    );
    expect(one).toBe(other);
  });
});

/** Everything that a server knows of some files. */
async function stateOf(client: LanguageClient, uris: readonly string[]): Promise<unknown> {
  const state: unknown[] = [];
  for (const uri of uris) {
    const params = { textDocument: { uri } };
    const report = await client.request<{ items: unknown }>("textDocument/diagnostic", params);
    const tokens = await client.request<{ data: unknown }>("textDocument/semanticTokens/full", params);
    state.push(
      report.items,
      tokens.data,
      await client.request("textDocument/documentSymbol", params),
      await client.request("textDocument/codeLens", params),
      await client.request("textDocument/foldingRange", params),
    );
  }
  return state;
}

function positionIn(source: string, offset: number) {
  const lines = source.slice(0, offset).split("\n");
  return { line: lines.length - 1, character: lines.at(-1)!.length };
}

describe("bad requests", () => {
  it("are refused with a reason, and harm nothing", async () => {
    const { client, folder } = await servers.start({ "a.scruple": text });
    const textDocument = { uri: folder.uriOf("a.scruple") };
    expect(await failure(client.request("textDocument/nothing", {}))).toBe(-32601);
    for (const params of [
      undefined,
      {},
      { textDocument },
      { textDocument, position: {} },
      { textDocument: 1, position: null },
    ])
      expect(await failure(client.request("textDocument/hover", params))).toBe(-32602);
    const position = { line: 1, character: 9 };
    const action = { textDocument, range: { start: position, end: position } };
    for (const [method, params] of [
      ["workspace/diagnostic", {}],
      ["completionItem/resolve", null],
      ["codeLens/resolve", null],
      ["workspace/executeCommand", null],
      ["textDocument/rename", { textDocument, position, newName: 5 }],
      ["textDocument/codeAction", { ...action, context: { diagnostics: [], only: "x" } }],
      ["textDocument/codeAction", { ...action, context: { diagnostics: [], only: [1] } }],
    ] as const)
      expect(await failure(client.request(method, params))).toBe(-32602);
    expect(await failure(client.request("workspace/executeCommand", { command: "rm" }))).toBe(-32803);
    expect(await failure(client.request("textDocument/rename", { textDocument, position, newName: "a b" }))).toBe(
      -32803,
    );
    client.process.stdin!.write("Content-Length: 5\r\n\r\n{no}!");
    const hover = await client.request("textDocument/hover", { textDocument, position });
    expect(hover).toMatchObject({ contents: { value: expect.stringContaining("purpose care") } });
  });

  it("about places that there are not have empty answers", async () => {
    const { client, folder } = await servers.start({ "a.scruple": text });
    const far = [
      { line: 99, character: 0 },
      { line: 1, character: 9_999 },
      { line: -1, character: -5 },
      { line: 2 ** 31, character: 2 ** 31 },
      { line: 1.5, character: 0.5 },
    ];
    const methods = ["hover", "definition", "completion", "documentHighlight", "signatureHelp", "prepareCallHierarchy"];
    for (const position of far)
      for (const method of methods) {
        const params = { textDocument: { uri: folder.uriOf("a.scruple") }, position };
        await expect(client.request(`textDocument/${method}`, params)).resolves.not.toThrow();
      }
    for (const uri of ["", "nonsense", "file:///nowhere.scruple", "untitled:x", "http://[::1"])
      expect(await client.request("textDocument/documentSymbol", { textDocument: { uri } })).toBeNull();
  });

  it("wait for `initialize`, and end with `shutdown`", async () => {
    const { client } = await servers.start({ "a.scruple": text });
    await client.request("shutdown");
    expect(await failure(client.request("workspace/symbol", { query: "" }))).toBe(-32600);
    await client.notify("exit");
    expect(await client.exited).toBe(0);
  });
});

describe("the end", () => {
  it("may come in the middle of work", async () => {
    const { client, folder } = await servers.start(busyWorkspace(), { capabilities: pull });
    const open = Array.from({ length: 10 }, () =>
      client.request("textDocument/diagnostic", { textDocument: { uri: folder.uriOf("a.scruple") } }).catch(codeOf),
    );
    expect(await client.stop()).toBe(0);
    await Promise.race([Promise.all(open), client.exited]);
  });

  it("comes when the editor is gone, without a word", async () => {
    const { client } = await servers.start(busyWorkspace());
    client.process.stdin!.end();
    expect(typeof (await client.exited)).toBe("number");
  });
});
