import { readFileSync } from "node:fs";
import type { LanguageClient } from "@scruple/testkit/language-client";
import { beforeAll, describe, expect, it } from "vitest";
import type * as lsp from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { bundledServer } from "../testing/start-server.ts";

const servers = bundledServer();

/** Two files of a policy and one of another, with something in them for everything that can be asked. */
const files = {
  "scruple.json": '{ "include": ["*.scruple"] }',
  "data.scruple": `policy shop
use std.categories
use std.purposes
use std.recipients
use std.channels

/// What was bought.
source orders provided
  collected for customer_care
  keep at most 1 year
{
  size  : preference
  email : contact_point
  step  : behaviour
}

subject {
  age    : int 0..130
  region : eu | uk
}

/// Nobody younger.
condition adult = subject.age >= 18
duty remember(within : duration, why : text)
`,
  "letters.scruple": `policy shop
use std.categories
use std.purposes
use std.recipients
use std.channels

interaction letter started by customer {
  purposes customer_care
  channels email

  // We remember your size.
  sizes: allow disclose orders.size
    under consent
    when adult
    then remember(within = 1 day, why = "x")

  mail: allow use shop.orders.email
    under contract
    when subject.region = uk and subject.age < 70

  gone: deny use orders.nothing
}

test "sizes" {
  in letter for customer_care on email
  given subject.age = 34, data.age = 1 day, consent for customer_care on email
  expect allow use orders.size because letter.sizes
}
`,
  "other.scruple": `policy other
use shop
use std.purposes
purpose lonely
private: deny use shop.orders.email
`,
  "misspelt.scruple": `policy misspelt
purpose careful
purpose help within care
`,
};
type Path = keyof typeof files;
/** The policy in one file, without its error. */
const sound = `${files["data.scruple"]}${files["letters.scruple"]
  .slice(files["letters.scruple"].indexOf("interaction"))
  .replace("  gone: deny use orders.nothing\n", "")}`;

let client: LanguageClient;
let uriOf: (path: Path) => string;
beforeAll(async () => {
  const { client: started, folder } = await servers.start(files, {
    capabilities: {
      textDocument: {
        diagnostic: {},
        completion: { completionItem: { snippetSupport: true } },
        definition: { linkSupport: true },
        typeDefinition: { linkSupport: true },
      },
      workspace: { textDocumentContent: {}, diagnostics: { refreshSupport: true } },
    },
    kept: true,
  });
  client = started;
  uriOf = (path) => folder.uriOf(path);
  for (const path of ["data.scruple", "letters.scruple", "other.scruple"] as const)
    await client.open(uriOf(path), files[path]);
});

/** Where a text stands in a file, `|` in it being the cursor. */
function place(path: Path, marked: string) {
  const [before = "", after = ""] = marked.split("|");
  const document = TextDocument.create("", "", 0, files[path]);
  const start = files[path].indexOf(before + after);
  expect(start, marked).toBeGreaterThanOrEqual(0);
  return { textDocument: { uri: uriOf(path) }, position: document.positionAt(start + before.length) };
}
const ask = <Answer>(method: string, params: object) => client.request<Answer>(`textDocument/${method}`, params);
const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
const textDocument = (path: Path) => ({ textDocument: { uri: uriOf(path) } });
const nameOf = (uri: string) => uri.slice(uri.lastIndexOf("/") + 1);
/** What is at a range of a file. */
const textAt = (path: Path, range: lsp.Range) => TextDocument.create("", "", 0, files[path]).getText(range);

/** A file as it is being written, and what is offered at its end. */
async function typed(end: string): Promise<lsp.CompletionItem[]> {
  const uri = uriOf("letters.scruple").replace("letters", "half");
  const text = files["data.scruple"].replace("policy shop", "policy half") + end;
  await client.open(uri, text);
  const position = TextDocument.create("", "", 0, text).positionAt(text.length);
  const { items } = await ask<lsp.CompletionList>("completion", { textDocument: { uri }, position });
  await client.close(uri);
  return items;
}
const labels = (items: readonly lsp.CompletionItem[]) => items.map(({ label }) => label);

describe("diagnostics", () => {
  const found = async (path: Path) =>
    (await ask<lsp.FullDocumentDiagnosticReport>("diagnostic", textDocument(path))).items;

  it("have a code, a range, a page and data for their fixes", async () => {
    const error = (await found("letters.scruple")).find(({ severity }) => severity === 1)!;
    expect(error).toMatchObject({ code: "SCR2006", source: "scruple" });
    expect(textAt("letters.scruple", error.range)).toBe("nothing");
    expect(error.codeDescription?.href).toMatch(/SCR2006/);
  });

  it("fade what nothing uses, and tell where the other half of a story is", async () => {
    const project = await servers.start(
      {
        "a.scruple": sound.replace("condition adult", "purpose lonely\ncondition adult"),
        "b.scruple": "policy shop\npurpose lonely\n",
      },
      { capabilities: { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } } },
    );
    const of = async (path: string) => {
      const uri = project.folder.uriOf(path);
      const report = await project.client.request<lsp.FullDocumentDiagnosticReport>("textDocument/diagnostic", {
        textDocument: { uri },
      });
      return report.items;
    };
    const clash = (await of("b.scruple")).find(({ severity }) => severity === 1)!;
    expect(clash.relatedInformation?.map(({ location }) => nameOf(location.uri))).toEqual(["a.scruple"]);
    const b = project.folder.uriOf("b.scruple");
    await project.client.open(b, "policy shop\n");
    await project.client.request("workspace/diagnostic", { previousResultIds: [] });
    const faded = (await of("a.scruple")).filter(({ tags }) => tags?.includes(1));
    expect(faded.map(({ message }) => message).join()).toContain("`lonely`");
  });
});

describe("completion", () => {
  it("offers names by kind, and those that fit first", async () => {
    const items = await typed("interaction x {\n  purposes customer_care\n  channels email\n  a: allow use ");
    expect(labels(items)).toEqual(expect.arrayContaining(["orders", "orders.size", "preference", "any", "special"]));
    expect(labels(items)).not.toContain("adult");
    expect(labels(await typed("interaction x {\n  purposes "))).toContain("customer_care");
  });

  it("offers values by type", async () => {
    expect(labels(await typed("condition here = subject.region = "))).toEqual(expect.arrayContaining(["eu", "uk"]));
    const units = await typed("condition old = data.age > 3 ");
    expect(labels(units)).toEqual(expect.arrayContaining(["days", "years"]));
  });

  it("offers keywords that fit, and snippets for declarations", async () => {
    const items = await typed("\nint");
    const interaction = items.find(({ label }) => label === "interaction")!;
    expect(interaction).toMatchObject({ insertTextFormat: 2 });
    expect(labels(await typed("r: allow use orders "))).toEqual(expect.arrayContaining(["under", "when", "told"]));
    expect(labels(await typed("r: deny use orders "))).not.toContain("told");
  });

  it("adds the `use` that is missing", async () => {
    const uri = uriOf("other.scruple").replace("other", "lacking");
    const text = "policy lacking\nr: deny use any for ";
    await client.open(uri, text);
    const { items } = await ask<lsp.CompletionList>("completion", {
      textDocument: { uri },
      position: { line: 1, character: 20 },
    });
    await client.close(uri);
    const care = items.find(({ label }) => label === "customer_care")!;
    expect(care.additionalTextEdits?.map(({ newText }) => newText)).toEqual(["\n\nuse std.purposes"]);
    const { documentation } = await client.request<lsp.CompletionItem>("completionItem/resolve", {
      ...care,
      data: { ...care.data, uri: uriOf("other.scruple") },
    });
    expect(JSON.stringify(documentation)).toContain("purpose customer_care");
  });
});

describe("hover and signatures", () => {
  const said = async (path: Path, marked: string) =>
    JSON.stringify((await ask<lsp.Hover | null>("hover", place(path, marked)))?.contents ?? "");

  it("tell what a name stands for, and what a rule decides", async () => {
    expect(await said("letters.scruple", "allow use shop.or|ders")).toContain("What was bought.");
    expect(await said("letters.scruple", "purposes customer_c|are")).toContain("W3C Data Privacy Vocabulary");
    expect(await said("letters.scruple", "sizes: al|low")).toContain("Allows to disclose `orders.size`");
    expect(await said("letters.scruple", "un|der consent")).toContain("legal basis");
  });

  it("tell what a duty takes, and what a clause does", async () => {
    const help = await ask<lsp.SignatureHelp>("signatureHelp", place("letters.scruple", 'why = "|x"'));
    expect(help).toMatchObject({ activeParameter: 1, signatures: [{ label: expect.stringContaining("remember(") }] });
    const clause = await ask<lsp.SignatureHelp>("signatureHelp", place("letters.scruple", "under con|sent"));
    expect(clause.signatures[0]?.label).toContain("contract");
  });
});

describe("places", () => {
  it("of definitions, and of what something is a kind of", async () => {
    const [own] = await ask<lsp.LocationLink[]>("definition", place("letters.scruple", "use shop.ord|ers"));
    expect([nameOf(own!.targetUri), textAt("data.scruple", own!.targetSelectionRange)]).toEqual([
      "data.scruple",
      "orders",
    ]);
    const kinds = await ask<lsp.LocationLink[]>("typeDefinition", place("letters.scruple", "orders.si|ze"));
    expect(kinds.map(({ targetUri }) => targetUri)).toEqual(["scruple:/std/categories.scruple"]);
  });

  it("of references in all files, and in one", async () => {
    const context = { includeDeclaration: true };
    const found = await ask<lsp.Location[]>("references", { ...place("data.scruple", "source ord|ers"), context });
    expect(found.map(({ uri }) => nameOf(uri)).sort()).toEqual([
      ...["data.scruple", "letters.scruple", "letters.scruple", "letters.scruple", "other.scruple"],
    ]);
    const here = await ask<lsp.DocumentHighlight[]>("documentHighlight", place("letters.scruple", "when ad|ult"));
    expect(here.map(({ range }) => textAt("letters.scruple", range))).toEqual(["adult"]);
  });

  it("of symbols in a file and in the workspace", async () => {
    const outline = await ask<lsp.DocumentSymbol[]>("documentSymbol", textDocument("letters.scruple"));
    expect(outline.map(({ name }) => name)).toEqual(["shop", "letter", "sizes"]);
    expect(outline[1]!.children?.map(({ name }) => name)).toEqual(["sizes", "mail", "gone"]);
    const all = await client.request<lsp.WorkspaceSymbol[]>("workspace/symbol", { query: "rem" });
    expect(all.map(({ name }) => name)).toContain("remember");
  });

  it("of what uses something, and of what it uses", async () => {
    const [item] = await ask<lsp.CallHierarchyItem[]>(
      "prepareCallHierarchy",
      place("data.scruple", "condition ad|ult"),
    );
    const calls = await client.request<lsp.CallHierarchyIncomingCall[]>("callHierarchy/incomingCalls", { item });
    expect(calls.map(({ from }) => from.name)).toEqual(["sizes"]);
    const [source] = await ask<lsp.CallHierarchyItem[]>(
      "prepareCallHierarchy",
      place("data.scruple", "source ord|ers"),
    );
    const named = await client.request<lsp.CallHierarchyOutgoingCall[]>("callHierarchy/outgoingCalls", {
      item: source,
    });
    expect(named.map(({ to }) => to.name)).toEqual(expect.arrayContaining(["preference", "contact_point"]));
  });

  it("of links, to policies", async () => {
    const links = await ask<lsp.DocumentLink[]>("documentLink", textDocument("other.scruple"));
    expect(links.map(({ target }) => nameOf(target!))).toEqual(["data.scruple", "purposes.scruple"]);
  });
});

describe("rename", () => {
  it("reaches qualified and quoted names in every file, and refuses what would change a meaning", async () => {
    const here = place("data.scruple", "source ord|ers");
    expect(await ask("prepareRename", here)).toMatchObject({ placeholder: "orders" });
    const { changes } = await ask<lsp.WorkspaceEdit>("rename", { ...here, newName: "keep it" }).catch(() => ({
      changes: undefined,
    }));
    expect(changes).toBeUndefined();
    const edit = await ask<lsp.WorkspaceEdit>("rename", { ...here, newName: "use" });
    const after = (path: Path) =>
      TextDocument.applyEdits(TextDocument.create("", "", 0, files[path]), edit.changes![uriOf(path)]!);
    expect(after("data.scruple")).toContain("source `use` provided");
    expect(after("letters.scruple")).toMatch(
      /disclose use\.size[\s\S]*use shop\.use\.email[\s\S]*expect allow use use\.size/,
    );
    expect(after("other.scruple")).toContain("deny use shop.use.email");
    await expect(ask("rename", { ...place("data.scruple", "si|ze  :"), newName: "email" })).rejects.toThrow(/already/);
    await expect(ask("prepareRename", place("letters.scruple", "purposes customer_c|are"))).rejects.toThrow(/standard/);
  });
});

describe("text", () => {
  it("has tokens, all at once, of a range, and what changes", async () => {
    const full = await ask<lsp.SemanticTokens>("semanticTokens/full", textDocument("data.scruple"));
    const some = await ask<lsp.SemanticTokens>("semanticTokens/range", {
      ...textDocument("data.scruple"),
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 99 } },
    });
    expect(full.data.slice(0, some.data.length)).toEqual(some.data);
    const delta = await ask("semanticTokens/full/delta", {
      ...textDocument("data.scruple"),
      previousResultId: full.resultId,
    });
    expect(delta).toMatchObject({ edits: [] });
  });

  it("folds, and is selected step by step", async () => {
    const folds = await ask<lsp.FoldingRange[]>("foldingRange", textDocument("letters.scruple"));
    expect(folds).toContainEqual({ startLine: 1, endLine: 4, kind: "imports" });
    const { textDocument: document, position } = place("letters.scruple", "orders.si|ze");
    const [selection] = await ask<lsp.SelectionRange[]>("selectionRange", {
      textDocument: document,
      positions: [position],
    });
    const steps: string[] = [];
    for (let one = selection; one !== undefined; one = one.parent) steps.push(textAt("letters.scruple", one.range));
    expect(steps.slice(0, 2)).toEqual(["size", "orders.size"]);
    expect(steps.at(-1)).toBe(files["letters.scruple"]);
  });

  it("is laid out: a document, a range of it, and while it is typed", async () => {
    const uri = uriOf("other.scruple").replace("other", "untidy");
    const text = "policy untidy\npurpose   a\npurpose   b\ninteraction i {\npurposes a\nchannels c\n}";
    await client.open(uri, text);
    const laidOut = async (method: string, params: object) => {
      const edits = await ask<lsp.TextEdit[]>(method, { textDocument: { uri }, options: {}, ...params });
      return TextDocument.applyEdits(TextDocument.create("", "", 0, text), edits);
    };
    const tidy = "policy untidy\n\npurpose a\npurpose b\n\ninteraction i {\n  purposes a\n  channels c\n}\n";
    expect(await laidOut("formatting", {})).toBe(tidy);
    const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 11 } };
    expect(await laidOut("rangeFormatting", { range })).toContain("purpose   a\npurpose b\n");
    const onType = await laidOut("onTypeFormatting", { position: { line: 6, character: 1 }, ch: "}" });
    expect(onType).toContain("purpose   a\npurpose   b");
    expect(onType).toContain("{\n  purposes a\n  channels c\n}");
    await client.close(uri);
  });
});

describe("actions, lenses and hints", () => {
  const actions = async (path: Path, marked: string, only?: string[]) => {
    const { textDocument: document, position } = place(path, marked);
    const range = { start: position, end: position };
    const context = { diagnostics: [], ...(only === undefined ? {} : { only }) };
    const found = await ask<lsp.CodeAction[]>("codeAction", { textDocument: document, range, context });
    return found.map(({ title }) => title).join("\n");
  };

  it("fix, rewrite, name and inline", async () => {
    expect(await actions("misspelt.scruple", "within car|e", ["quickfix"])).toMatch(
      /Add `use std\.purposes`\nDeclare the purpose `care`/,
    );
    expect(await actions("letters.scruple", "subject.age |< 70")).toContain("Give this test a name");
    expect(await actions("letters.scruple", "when ad|ult")).toContain("Write the test of `adult` here");
    const comment = await actions("letters.scruple", "// We rem|ember");
    expect(comment).toContain("`told`");
    expect(comment).toContain("`because`");
  });

  it("add a test for a rule, where the policy has no errors", async () => {
    const project = await servers.start({ "a.scruple": sound });
    const uri = project.folder.uriOf("a.scruple");
    const position = TextDocument.create("", "", 0, sound).positionAt(sound.indexOf("sizes: allow"));
    const found = await project.client.request<lsp.CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range: { start: position, end: position },
      context: { diagnostics: [], only: ["refactor.rewrite"] },
    });
    const action = found.find(({ title }) => title.includes("Add a test"))!;
    expect(action.edit?.changes?.[uri]?.[0]?.newText).toContain("because letter.sizes");
    const lenses = await project.client.request<lsp.CodeLens[]>("textDocument/codeLens", { textDocument: { uri } });
    const titles = await Promise.all(
      lenses.map(async (lens) => (await project.client.request<lsp.CodeLens>("codeLens/resolve", lens)).command?.title),
    );
    expect(titles.slice(-4)).toEqual([
      "1 reference",
      "tests reach 1 of 2 rules, 2 of 6 branches and 1 of 4 cells",
      "▷ Run",
      "Why",
    ]);
    const execute = (command: string) =>
      project.client.request("workspace/executeCommand", { command, arguments: [uri, "sizes"] });
    expect(await execute("scruple.runTests")).toMatchObject([{ name: "sizes", passed: true }]);
    expect(await execute("scruple.explainTest")).toContain("`letter.sizes` allows it");
  });

  it("fix all at once when a file is saved", async () => {
    const uri = uriOf("other.scruple").replace("other", "faulty");
    await client.open(uri, "policy faulty;\npurpose a;\n");
    const [all] = await ask<lsp.CodeAction[]>("codeAction", {
      textDocument: { uri },
      range: whole,
      context: { diagnostics: [], only: ["source.fixAll"] },
    });
    expect(all?.edit?.changes?.[uri]?.length).toBe(2);
    await client.close(uri);
  });

  it("fix what only the analysis finds as well, directly after a file is opened", async () => {
    const { client, folder } = await servers.start();
    const uri = folder.uriOf("new.scruple");
    const text = `policy new
use std.categories
use std.channels
use std.purposes
source s public { f : preference }
subject { age : int 0..9 }
interaction i started by customer {
  purposes customer_care
  channels email
  no: deny use s.f when subject.age >= 0
}
`;
    await client.open(uri, text);
    const [all] = await client.request<lsp.CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range: whole,
      context: { diagnostics: [], only: ["source.fixAll"] },
    });
    expect(all?.edit?.changes?.[uri]?.length).toBeGreaterThan(0);
  });

  it("show what rules take over and what they imply", async () => {
    const hints = await ask<lsp.InlayHint[]>("inlayHint", { ...textDocument("letters.scruple"), range: whole });
    expect(hints.map(({ label }) => label)).toEqual(
      expect.arrayContaining(["and use", "for customer_care on email", "and no objection", "and disclose"]),
    );
  });
});

it("shows that it is at work, and watches files, where the editor can", async () => {
  const { client: eager } = await servers.start(
    Object.fromEntries(Array.from({ length: 40 }, (_, place) => [`p${place}.scruple`, files["data.scruple"]])),
    {
      capabilities: {
        window: { workDoneProgress: true },
        workspace: { didChangeWatchedFiles: { dynamicRegistration: true } },
      },
    },
  );
  const { params } = await eager.until(({ method }) => method === "client/registerCapability");
  expect(JSON.stringify(params)).toContain("**/*.scruple");
  await eager.until(({ method }) => method === "window/workDoneProgress/create");
});

it("has a command for each that a lens or a page of the documentation names", () => {
  const documented = readFileSync(new URL("../../../../docs/editors.md", import.meta.url), "utf8");
  for (const command of client.initialized.capabilities.executeCommandProvider!.commands)
    expect(documented).toContain(command);
});
