import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { LanguageClient } from "@scruple/testkit/language-client";
import { describe, expect, it } from "vitest";
import { bundledServer } from "../testing/start-server.ts";

const servers = bundledServer();
const pull = { textDocument: { diagnostic: {} } };
const declaring = "policy a\npurpose care\n";
const using = "policy b\nuse a\npurpose help within care\n";

async function errorsOf(client: LanguageClient, uri: string): Promise<string[]> {
  const report = await client.request<{ items: { code: string; severity: number }[] }>("textDocument/diagnostic", {
    textDocument: { uri },
  });
  return report.items.filter(({ severity }) => severity === 1).map(({ code }) => code);
}
const changed = (client: LanguageClient, ...uris: string[]) =>
  client.notify("workspace/didChangeWatchedFiles", { changes: uris.map((uri) => ({ uri, type: 2 })) });

describe("diagnostics", () => {
  it("are published of every file, for clients that do not ask, and withdrawn", async () => {
    const { client, folder } = await servers.start({
      "a.scruple": declaring,
      "b.scruple": using.replace("care", "car"),
    });
    const uri = folder.uriOf("b.scruple");
    const found = await client.published(uri, (list) => list.length > 0);
    expect(found.map(({ code, codeDescription }) => [code, codeDescription?.href.slice(0, 5)])).toContainEqual([
      "SCR2004",
      "file:",
    ]);
    folder.remove("b.scruple");
    await client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri, type: 3 }] });
    await client.published(uri, (list) => list.length === 0);
  });

  it("link to pages that any editor can open", async () => {
    const { client, folder } = await servers.start({ "b.scruple": using });
    const found = await client.published(folder.uriOf("b.scruple"), (list) => list.length > 0);
    const page = readFileSync(fileURLToPath(found[0]!.codeDescription!.href), "utf8");
    expect(page).toContain(`# ${found[0]!.code} `);
  });

  it("of the workspace come once, and again only where they change", async () => {
    const { client, folder } = await servers.start(
      { "a.scruple": declaring, "b.scruple": using.replace("care", "car") },
      { capabilities: pull },
    );
    type Report = { items: { uri: string; kind: string; resultId: string }[] };
    const ask = (previousResultIds: object[]) => client.request<Report>("workspace/diagnostic", { previousResultIds });
    const { items } = await ask([]);
    expect(items.map(({ uri, kind }) => [uri, kind])).toContainEqual([folder.uriOf("b.scruple"), "full"]);
    const again = await ask(items.map(({ uri, resultId }) => ({ uri, value: resultId })));
    expect(again.items.every(({ kind }) => kind === "unchanged")).toBe(true);
  });

  it("of one file do not come again where they stay", async () => {
    const { client, folder } = await servers.start({ "b.scruple": using }, { capabilities: pull });
    const textDocument = { uri: folder.uriOf("b.scruple") };
    const first = await client.request<{ resultId: string }>("textDocument/diagnostic", { textDocument });
    const again = await client.request("textDocument/diagnostic", { textDocument, previousResultId: first.resultId });
    expect(again).toMatchObject({ kind: "unchanged" });
  });
});

describe("files", () => {
  it("count as the editor has them, saved or not", async () => {
    const { client, folder } = await servers.start(
      { "a.scruple": "policy a\n", "b.scruple": using },
      { capabilities: pull },
    );
    const [a, b] = [folder.uriOf("a.scruple"), folder.uriOf("b.scruple")];
    expect(await errorsOf(client, b)).toEqual(["SCR2004"]);
    await client.open(a, declaring);
    expect(await errorsOf(client, b)).toEqual([]);
    await client.close(a);
    expect(await errorsOf(client, b)).toEqual(["SCR2004"]);
  });

  it("may change on disk, come, go and be renamed", async () => {
    const { client, folder } = await servers.start(
      { "a.scruple": declaring, "b.scruple": using },
      { capabilities: pull },
    );
    const b = folder.uriOf("b.scruple");
    expect(await errorsOf(client, b)).toEqual([]);
    folder.write("a.scruple", "policy a\npurpose other\n");
    await changed(client, folder.uriOf("a.scruple"));
    expect(await errorsOf(client, b)).toEqual(["SCR2004"]);
    folder.write("sub/c.scruple", declaring);
    folder.remove("a.scruple");
    await client.notify("workspace/didRenameFiles", {
      files: [{ oldUri: folder.uriOf("a.scruple"), newUri: folder.uriOf("sub/c.scruple") }],
    });
    expect(await errorsOf(client, b)).toEqual([]);
    folder.remove("sub");
    await client.notify("workspace/didDeleteFiles", { files: [{ uri: folder.uriOf("sub") }] });
    expect(await errorsOf(client, b)).not.toEqual([]);
  });

  it("that were never saved, and those outside any folder, are checked by themselves", async () => {
    const { client } = await servers.start({ "a.scruple": declaring }, { capabilities: pull });
    await client.open("untitled:Untitled-1", using);
    expect(await errorsOf(client, "untitled:Untitled-1")).toContain("SCR2008");
    const outside = servers.folder({ "x.scruple": declaring, "y.scruple": using });
    await client.open(outside.uriOf("y.scruple"), using);
    expect(await errorsOf(client, outside.uriOf("y.scruple"))).toContain("SCR2008");
  });

  it("outside any folder have the project around them", async () => {
    const { client } = await servers.start({}, { capabilities: pull });
    const outside = servers.folder({ "scruple.json": "{}", "x.scruple": declaring, "sub/y.scruple": using });
    await client.open(outside.uriOf("sub/y.scruple"), using);
    expect(await errorsOf(client, outside.uriOf("sub/y.scruple"))).toEqual([]);
  });
});

describe("projects", () => {
  it("are kept apart, each with its own settings", async () => {
    const { client, folder } = await servers.start(
      {
        "one/scruple.json": "{}",
        "one/a.scruple": declaring,
        "two/scruple.json": '{ "severity": { "unknown-name": "warning" } }',
        "two/a.scruple": "policy a\n",
        "two/b.scruple": using,
      },
      { capabilities: pull },
    );
    expect(await errorsOf(client, folder.uriOf("two/b.scruple"))).toEqual([]);
    folder.write("two/scruple.json", "{}");
    await changed(client, folder.uriOf("two/scruple.json"));
    expect(await errorsOf(client, folder.uriOf("two/b.scruple"))).toEqual(["SCR2004"]);
  });

  it("include what they say, also from beside them", async () => {
    const { client, folder } = await servers.start(
      {
        "shared/a.scruple": declaring,
        "one/scruple.json": '{ "include": ["policies/**/*.scruple", "../shared/*.scruple"] }',
        "one/policies/b.scruple": using,
        "one/drafts/c.scruple": "policy (",
      },
      { capabilities: pull },
    );
    expect(await errorsOf(client, folder.uriOf("one/policies/b.scruple"))).toEqual([]);
    const { items } = await client.request<{ items: { uri: string }[] }>("workspace/diagnostic", {
      previousResultIds: [],
    });
    expect(items.map(({ uri }) => uri)).not.toContain(folder.uriOf("one/drafts/c.scruple"));
  });

  it("tell what is wrong with their configuration", async () => {
    const { client, folder } = await servers.start({
      "scruple.json": '{ "severity": { "untol": "off" } }',
      "a.scruple": declaring,
    });
    const config = folder.uriOf("scruple.json");
    const found = await client.published(config, (list) => list.length > 0);
    expect(found[0]?.message).toContain("Did you mean `untold`?");
    folder.write("scruple.json", "{");
    await changed(client, config);
    await client.published(config, (list) => String(list[0]?.message).startsWith("This is not JSON"));
  });

  it("come and go with the folders of the editor", async () => {
    const { client } = await servers.start({ "a.scruple": declaring }, { capabilities: pull });
    const other = servers.folder({ "c.scruple": declaring, "d.scruple": using });
    const folders = (added: object[], removed: object[]) =>
      client.notify("workspace/didChangeWorkspaceFolders", { event: { added, removed } });
    await folders([{ uri: other.uri, name: "other" }], []);
    expect(await errorsOf(client, other.uriOf("d.scruple"))).toEqual([]);
    const names = async () =>
      (await client.request<{ name: string }[]>("workspace/symbol", { query: "help" })).map(({ name }) => name);
    expect(await names()).toEqual(["help"]);
    await folders([], [{ uri: other.uri, name: "other" }]);
    expect(await names()).toEqual([]);
  });
});

it("changes a configuration that names a file which is renamed", async () => {
  const { client, folder } = await servers.start({
    "scruple.json": '{ "include": ["old/a.scruple"] }',
    "old/a.scruple": declaring,
  });
  const edit = await client.request("workspace/willRenameFiles", {
    files: [{ oldUri: folder.uriOf("old"), newUri: folder.uriOf("new") }],
  });
  expect(edit).toEqual({
    changes: {
      [folder.uriOf("scruple.json")]: [
        { range: { start: { line: 0, character: 14 }, end: { line: 0, character: 29 } }, newText: '"new/a.scruple"' },
      ],
    },
  });
});

it("says where a definition is as the editor takes it", async () => {
  const position = { line: 2, character: 22 };
  for (const linkSupport of [true, false]) {
    const { client, folder } = await servers.start(
      { "a.scruple": declaring, "b.scruple": using },
      { capabilities: { textDocument: { definition: { linkSupport } } } },
    );
    const textDocument = { uri: folder.uriOf("b.scruple") };
    const [found] = await client.request<object[]>("textDocument/definition", { textDocument, position });
    expect(found).toMatchObject({ [linkSupport ? "targetUri" : "uri"]: folder.uriOf("a.scruple") });
  }
});

it("speaks over a fork's channel as well", async () => {
  const { fork } = await import("node:child_process");
  const child = fork(servers.bundle(), ["--node-ipc"]);
  const answer = new Promise<{ result: { serverInfo: { name: string } } }>((resolve) =>
    child.on("message", (message: { id?: number }) => message.id === 1 && resolve(message as never)),
  );
  child.send({
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: { processId: null, rootUri: null, capabilities: {} },
  });
  expect((await answer).result.serverInfo.name).toBe("scruple");
  child.disconnect();
  expect(await new Promise((resolve) => child.once("exit", resolve))).toBeTypeOf("number");
});
