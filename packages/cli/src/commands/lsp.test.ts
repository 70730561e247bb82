import { dirname } from "node:path";
import { LanguageClient } from "@scruple/testkit/language-client";
import { expect, it } from "vitest";
import { bundledCommand } from "../fixtures/spawn.ts";

const command = bundledCommand();

it("serves an editor, and ends with it", async () => {
  const client = await LanguageClient.start([process.execPath, command(), "lsp", "--stdio"], {
    env: { XDG_CACHE_HOME: dirname(command()) },
  });
  const uri = "untitled:policy";
  await client.open(uri, "policy p\npurpose a\n");
  const symbols = await client.request<{ name: string }[]>("textDocument/documentSymbol", { textDocument: { uri } });
  expect(symbols.map(({ name }) => name)).toEqual(["p", "a"]);
  expect(await client.stop()).toBe(0);
});
