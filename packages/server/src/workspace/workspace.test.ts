import { expect, it } from "vitest";
import type { Host } from "../host.ts";
import { isBelow } from "./addresses.ts";
import { Library } from "./library.ts";
import { Workspace } from "./workspace.ts";

/** A disk that is a record. */
function hostOf(files: Readonly<Record<string, string>>): Host {
  return {
    read: async (uri) => files[uri] ?? null,
    list: async (folder) => Object.keys(files).filter((uri) => isBelow(folder, uri)),
    publish: async () => null,
  };
}

it("keeps a project outside the editor's folders for as long as something in it is open", async () => {
  const [one, other] = ["file:///far/a.scruple", "file:///far/b.scruple"];
  const files = { "file:///far/scruple.json": "{}", [one]: "policy a\n", [other]: "policy b\n" };
  const workspace = new Workspace(hostOf({ ...files, "file:///shop/c.scruple": "policy c\n" }), new Library(true));
  const roots = () => workspace.projects.map(({ root }) => root);
  await workspace.setFolders(["file:///shop"]);
  for (const uri of [one, other]) await workspace.open(uri, files[uri]!);
  expect(roots()).toEqual(["file:///shop", "file:///far"]);
  await workspace.close(one);
  expect(roots()).toEqual(["file:///shop", "file:///far"]);
  await workspace.close(other);
  expect(roots()).toEqual(["file:///shop"]);
});
