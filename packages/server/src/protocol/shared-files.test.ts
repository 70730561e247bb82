import { describe, expect, it } from "vitest";
import type { Location, WorkspaceEdit } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import { bundledServer } from "../testing/start-server.ts";

const servers = bundledServer();
const include = '{"include": ["*.scruple", "../shared/*.scruple"]}';
const words = "policy words\nfacts { age : int }\ncondition grown = age >= 18\n";
const using = (policy: string, more = "") =>
  `policy ${policy}\nuse words\nsource s observed { x : preference }\nr: deny use s when not grown\n${more}`;
const files = {
  "app1/scruple.json": include,
  "app1/a.scruple": using("first"),
  "app2/scruple.json": include,
  "app2/b.scruple": using("second"),
  "shared/words.scruple": words,
};
const all = ["app1/a.scruple", "app2/b.scruple", "shared/words.scruple"];

/** Asks of `grown`, where it first stands in a file. */
async function asking(texts: Readonly<Record<string, string>>) {
  const { client, folder } = await servers.start(texts);
  const place = (path: string) => {
    const document = TextDocument.create("", "", 0, texts[path]!);
    return {
      textDocument: { uri: folder.uriOf(path) },
      position: document.positionAt(texts[path]!.indexOf("grown") + 1),
    };
  };
  const pathOf = (uri: string) => uri.slice(folder.uri.length + 1);
  return {
    /** The files as they are then. */
    async rename(path: string, newName: string) {
      const edit = await client.request<WorkspaceEdit>("textDocument/rename", { ...place(path), newName });
      return Object.fromEntries(
        Object.entries(edit.changes ?? {})
          .map(([uri, edits]) => {
            const document = TextDocument.create(uri, "scruple", 0, texts[pathOf(uri)]!);
            return [pathOf(uri), TextDocument.applyEdits(document, edits)] as const;
          })
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      );
    },
    async references(path: string, includeDeclaration: boolean) {
      const context = { includeDeclaration };
      const found = await client.request<Location[]>("textDocument/references", { ...place(path), context });
      return found.map(({ uri }) => pathOf(uri)).sort();
    },
  };
}

describe("what is named in a file of several projects", () => {
  it("is renamed in all of them, wherever that is asked", async () => {
    const { rename } = await asking(files);
    for (const path of all) {
      const then = await rename(path, "adult");
      expect([path, ...Object.keys(then)]).toEqual([path, ...all]);
      for (const text of Object.values(then))
        expect([text.includes("adult"), text.includes("grown")]).toEqual([true, false]);
    }
  });

  it("is found in all of them, once each", async () => {
    const { references } = await asking(files);
    for (const path of all) {
      expect(await references(path, true)).toEqual(all);
      expect(await references(path, false)).toEqual(all.slice(0, 2));
    }
  });

  it("is not renamed where one of them has the name for something else", async () => {
    const { rename } = await asking({ ...files, "app2/b.scruple": using("second", "condition adult = age >= 21\n") });
    await expect(rename("app1/a.scruple", "adult")).rejects.toThrow(
      /^In the project of `\.\.\/app2\/scruple\.json`: ./,
    );
    await expect(rename("app2/b.scruple", "adult")).rejects.toThrow(/^(?!In the project)/);
  });

  const part = "policy part\nuse words\nsource t observed { x : preference }\nq: deny use t when grown\n";
  const own = {
    "own/scruple.json": '{"include": ["*.scruple", "../shared/part.scruple"]}',
    "own/words.scruple": words,
  };

  it("is renamed in all of them though each declares it itself", async () => {
    const { rename } = await asking({ ...files, ...own, "shared/part.scruple": part });
    const then = await rename("app1/a.scruple", "adult");
    expect(Object.keys(then)).toEqual([...all.slice(0, 2), "own/words.scruple", "shared/part.scruple", all[2]]);
  });

  it("is not renamed where what is one thing in one of them is two in another", async () => {
    const { rename } = await asking({
      ...files,
      ...own,
      "own/c.scruple": "policy part\ncondition grown = true\n",
      "shared/part.scruple": `${part}o: deny use t when words.grown\n`,
    });
    await expect(rename("app1/a.scruple", "adult")).rejects.toThrow(
      "`../shared/part.scruple` is also in the project of `../own/scruple.json`, where names in it stand for other things. Rename those first.",
    );
  });

  it("is renamed though files that no scruple.json brings together know nothing of it", async () => {
    const loose = {
      "app1/scruple.json": include,
      "shared/part.scruple": part.replace("use words\n", ""),
      "app1/a.scruple": "policy part\ncondition grown = true\n",
    };
    const { rename } = await asking(loose);
    expect(Object.keys(await rename("app1/a.scruple", "adult"))).toEqual(["app1/a.scruple", "shared/part.scruple"]);
  });
});
