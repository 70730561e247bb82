import { readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LanguageClient } from "@scruple/testkit/language-client";
import { describe, expect, it } from "vitest";
import type { TextEdit } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { bundledServer } from "../testing/start-server.ts";

const servers = bundledServer();
/** What asks for diagnostics, and tells of changes on disk. */
const pull = {
  textDocument: { diagnostic: {} },
  workspace: { diagnostics: { refreshSupport: true }, didChangeWatchedFiles: { dynamicRegistration: true } },
};
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

  it("tell of a policy or a configuration that is there and cannot be read, until it can", async () => {
    const { client, folder } = await servers.start({ "a.scruple": declaring });
    const hasError = (list: readonly { severity?: number }[]) => list.some(({ severity }) => severity === 1);
    for (const [name, text] of [
      ["b.scruple", using],
      ["scruple.json", "{}"],
    ] as const) {
      symlinkSync(name, join(folder.path, name));
      await changed(client, folder.uriOf(name));
      await client.published(folder.uriOf(name), hasError);
      rmSync(join(folder.path, name));
      folder.write(name, text);
      await changed(client, folder.uriOf(name));
      await client.published(folder.uriOf(name), (list) => !hasError(list));
    }
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

  it("that were saved and closed count as they were saved, before the editor tells of changes on disk", async () => {
    const { client, folder } = await servers.start(
      { "a.scruple": "policy a\n", "b.scruple": using },
      { capabilities: pull },
    );
    const [a, b] = [folder.uriOf("a.scruple"), folder.uriOf("b.scruple")];
    await client.open(a, declaring);
    folder.write("a.scruple", declaring);
    await client.close(a);
    expect(await errorsOf(client, b)).toEqual([]);
    await client.open(a, declaring);
    folder.remove("a.scruple");
    await client.close(a);
    expect(await errorsOf(client, b)).not.toEqual([]);
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

  it("are looked after by the server, whether or not the editor tells of them", async () => {
    const { client, folder } = await servers.start({
      "scruple.json": "{}",
      "a.scruple": declaring,
      "policies/b.scruple": using,
    });
    const b = folder.uriOf("policies/b.scruple");
    const isMistake = ({ code }: { code?: unknown }) => code === "SCR2004";
    const isWrong = (uri: string) => client.published(uri, (list) => list.some(isMistake));
    const isRight = (uri: string) => client.published(uri, (list) => !list.some(isMistake));
    await client.open(b, using);
    await isRight(b);
    folder.write("a.scruple", "policy a\n");
    await isWrong(b);
    folder.write("a.scruple", declaring);
    await isRight(b);
    for (const round of ["a new folder", "another of that name"]) {
      folder.write("policies/new/deep/c.scruple", `// ${round}\n${using.replace("care", "car")}`);
      await isWrong(folder.uriOf("policies/new/deep/c.scruple"));
      folder.remove("policies/new");
      await client.published(folder.uriOf("policies/new/deep/c.scruple"), (list) => list.length === 0);
    }
    folder.write("scruple.json", "{");
    await client.published(folder.uriOf("scruple.json"), (list) => list.length > 0);
    expect(await client.stop()).toBe(0);
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

describe("a configuration", () => {
  /** The scruple.json that is left behind, after the editor has asked what a rename changes. */
  async function renamed(files: Record<string, string>, ...renames: [string, string][]) {
    const { client, folder } = await servers.start(files);
    const edit = await client.request<{ changes: Record<string, TextEdit[]> } | null>("workspace/willRenameFiles", {
      files: renames.map(([from, to]) => ({ oldUri: folder.uriOf(from), newUri: folder.uriOf(to) })),
    });
    return Object.fromEntries(
      Object.entries(edit?.changes ?? {}).map(([uri, edits]) => {
        const path = uri.slice(folder.uri.length + 1);
        const document = TextDocument.create(uri, "json", 0, files[path]!.replace(/^\ufeff/, ""));
        return [path, JSON.parse(TextDocument.applyEdits(document, edits))];
      }),
    );
  }
  const json = (value: object) => JSON.stringify(value, null, 2);

  it("names files and folders by their new names", async () => {
    const config = { $schema: "./old/schema.json", include: ["old/a.scruple", "old/**/*.scruple"], out: "old/built" };
    expect(await renamed({ "scruple.json": json(config), "old/a.scruple": declaring }, ["old", "new/place"])).toEqual({
      "scruple.json": {
        $schema: "new/place/schema.json",
        include: ["new/place/a.scruple", "new/place/**/*.scruple"],
        out: "new/place/built",
      },
    });
  });

  it("has nothing renamed that is only spelt like it", async () => {
    const of = async (config: object | string, ...rename: [string, string]) => {
      const text = typeof config === "string" ? config : json(config);
      const { "scruple.json": now } = await renamed({ "scruple.json": text, "policies/a.scruple": declaring }, rename);
      return now;
    };
    expect(await of({ include: ["**/*.scruple"], out: "out" }, "out", "build")).toEqual({
      include: ["**/*.scruple"],
      out: "build",
    });
    const twice = ["policies/**/*.scruple", "policies/**/*.scruple"];
    const everywhere = ["rules/**/*.scruple", "rules/**/*.scruple"];
    expect(await of({ include: twice, out: "policies" }, "policies", "rules")).toEqual({
      include: everywhere,
      out: "rules",
    });
    expect(await of(`{"include":["policies\\/**\\/*.scruple"]}`, "policies", "rules")).toEqual({
      include: ["rules/**/*.scruple"],
    });
    const later = { include: ["policies/*.scruple"], severity: { x: "policies/*.scruple" } };
    expect(await of(later, "policies/a.scruple", "zz/a.scruple")).toEqual({
      ...later,
      include: ["policies/*.scruple", "zz/a.scruple"],
    });
    expect(await of({ include: ["policies/*.scruple"] }, "policies/a.scruple", "policies/a.txt")).toBeUndefined();
    expect(await of(`\ufeff{"include":["policies/*.scruple"]}`, "policies", "rules")).toEqual({
      include: ["rules/*.scruple"],
    });
  });

  it("takes names for names, and patterns for patterns", async () => {
    const config = { include: ["old/a.scruple", "**/*.scruple", "!old/**"], out: "out (1)" };
    expect(await renamed({ "scruple.json": json(config) }, ["old", "new (1)"], ["out (1)", "out [2]"])).toEqual({
      "scruple.json": { include: ["new \\(1\\)/a.scruple", "**/*.scruple", "!new \\(1\\)/**"], out: "out [2]" },
    });
  });

  it("finds what is beside it when it goes elsewhere", async () => {
    const files = {
      "one/scruple.json": json({ include: ["*.scruple", "../shared/*.scruple"] }),
      "one/b.scruple": using,
      "shared/a.scruple": declaring,
    };
    expect(await renamed(files, ["one", "deep/down/one"])).toEqual({
      "one/scruple.json": { include: ["*.scruple", "../../../shared/*.scruple"] },
    });
    expect(await renamed(files, ["one", "deep/one"], ["shared", "deep/shared"])).toEqual({});
  });

  it("keeps a policy that would leave the project, and its denials with it", async () => {
    const files = { "scruple.json": json({ include: ["policies/*.scruple"] }), "policies/a.scruple": declaring };
    expect(await renamed(files, ["policies/a.scruple", "drafts/a.scruple"])).toEqual({
      "scruple.json": { include: ["policies/*.scruple", "drafts/a.scruple"] },
    });
    expect(await renamed(files, ["policies/a.scruple", "policies/b.scruple"])).toEqual({});
  });

  it("takes nothing into the project with a folder that leaves it", async () => {
    const of = async (include: string[], ...rename: [string, string]) => {
      const files = { "p/a.scruple": declaring, "p/b (1).scruple": using, "p/drafts/d.scruple": declaring };
      const config = json({ include });
      const { "scruple.json": now } = await renamed({ "scruple.json": config, ...files }, rename);
      return now?.include.slice(include.length);
    };
    const each = ["z/a.scruple", "z/b \\(1\\).scruple"];
    expect(await of(["{p,q}/*.scruple"], "p", "z")).toEqual(each);
    expect(await of(["**/p/*.scruple"], "p", "z")).toEqual(each);
    expect(await of(["{p,q}/**/*.scruple", "!{p,q}/drafts/**"], "p", "z")).toEqual(each);
    // All of it was in.
    expect(await of(["{p,q}/**/*.scruple"], "p", "z")).toEqual(["z/**/*.scruple"]);
    expect(await of(["**/*.scruple"], "p", "../z")).toEqual(["../z/**/*.scruple"]);
    expect(await of(["*/**/*.scruple"], "p/drafts", "../z")).toEqual(["../z/**/*.scruple"]);
    expect(await of(["*/*/**/*.scruple"], "p", "../z")).toEqual(["../z/drafts/d.scruple"]);
  });

  it("is not filled with more files than somebody would write", async () => {
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`p/${i}.scruple`, `policy p${i}\n`]));
    expect(await renamed({ "scruple.json": json({ include: ["{p,q}/*.scruple"] }), ...many }, ["p", "z"])).toEqual({});
  });

  it("includes nothing that it excludes", async () => {
    const config = json({ include: ["policies/**/*.scruple", "!policies/old/**"] });
    const files = { "scruple.json": config, "policies/a.scruple": declaring };
    expect(await renamed(files, ["policies/a.scruple", "policies/old/a.scruple"])).toEqual({});
  });

  it("stays JSON where it does not say what it has to", async () => {
    const files = { "scruple.json": json({ include: "policies/*.scruple" }), "policies/a.scruple": declaring };
    expect(await renamed(files, ["policies/a.scruple", "else/a.scruple"])).toEqual({});
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

describe("the standard vocabulary", () => {
  const files = { "a.scruple": "policy a\nuse std.purposes\npurpose own within customer_care\n" };
  const wanted = "purpose customer_care";
  it.each([
    ["asks for texts", { workspace: { textDocumentContent: {} } }],
    ["opens files", {}],
  ])("can be read like a policy, by an editor that %s", async (_, capabilities) => {
    const { client, folder } = await servers.start(files, { capabilities: { ...pull, ...capabilities } });
    const place = { textDocument: { uri: folder.uriOf("a.scruple") }, position: { line: 2, character: 22 } };
    const [found] = await client.request<{ uri: string }[]>("textDocument/definition", place);
    const uri = found!.uri;
    const text = uri.startsWith("file:")
      ? readFileSync(fileURLToPath(uri), "utf8")
      : (await client.request<{ text: string }>("workspace/textDocumentContent", { uri })).text;
    await client.open(uri, text);
    const textDocument = { uri };
    const offset = text.indexOf(wanted) + 10;
    const line = text.slice(0, offset).split("\n").length - 1;
    const position = { line, character: 10 };
    const said = await client.request("textDocument/hover", { textDocument, position });
    expect(said).toMatchObject({ contents: { value: expect.stringContaining(wanted) } });
    const context = { includeDeclaration: false };
    const uses = await client.request<{ uri: string }[]>("textDocument/references", {
      textDocument,
      position,
      context,
    });
    expect(uses.map((one) => one.uri)).toEqual(expect.arrayContaining([folder.uriOf("a.scruple"), uri]));
    const tokens = await client.request<{ data: unknown[] }>("textDocument/semanticTokens/full", { textDocument });
    expect(tokens.data.length).toBeGreaterThan(100);
    const report = await client.request("textDocument/diagnostic", { textDocument });
    expect(report).toEqual({ kind: "full", items: [] });
    const edits = await client.request("textDocument/formatting", { textDocument, options: {} });
    expect(edits).toBeNull();
  });
});

describe("a large workspace", () => {
  const inside = "  // There is much to be read.\n".repeat(150);
  const large = Object.fromEntries(
    Array.from({ length: 60 }, (_, i) => [
      `${i}.scruple`,
      `policy big\ninteraction i${i} {\n  purposes p${i}\n${inside}}\npurpose p${i}\n`,
    ]),
  );
  const open = "policy big\npurpose here within p59\npurpose there within gone\n";

  it("is told of by what is open first; what looks at all of it waits for the rest", async () => {
    const { client, folder } = await servers.start({ ...large, "open.scruple": open }, { capabilities: pull });
    const uri = folder.uriOf("open.scruple");
    const params = { textDocument: { uri }, position: { line: 1, character: 21 } };
    await client.open(uri, open);
    const answered: string[] = [];
    const ask = <Answer>(method: string, more: object = {}) =>
      client.request<Answer>(`textDocument/${method}`, { ...params, ...more }).finally(() => answered.push(method));
    const [uses, report, hover] = await Promise.all([
      ask<{ uri: string }[]>("references", { context: { includeDeclaration: true } }),
      ask<{ items: { code: string }[] }>("diagnostic"),
      ask<{ contents: { value: string } }>("hover"),
    ]);
    expect(report.items.map(({ code }) => code)).toEqual(["SCR2004"]);
    expect(hover.contents.value).toContain("purpose p59");
    // One of them stands inside of an interaction.
    expect(uses.map((one) => one.uri).sort()).toEqual([...Array(2).fill(folder.uriOf("59.scruple")), uri]);
    expect(answered.at(-1)).toBe("references");
  });

  it("is published for clients that do not ask", async () => {
    const { client, folder } = await servers.start({ ...large, "0.scruple": "policy big\npurpose x within y\n" });
    const uri = folder.uriOf("open.scruple");
    await client.open(uri, open);
    const found = await client.published(uri, (list) => list.length > 0);
    expect(found.map(({ code }) => code)).toEqual(["SCR2004"]);
    await client.published(folder.uriOf("0.scruple"), (list) => list.length > 0);
  });
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
