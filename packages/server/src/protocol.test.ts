import { describe, expect, it } from "vitest";
import { bundledServer } from "./testing/start-server.ts";

const servers = bundledServer();

const shop = `policy shop
use std.categories
use std.purposes
use std.recipients
use std.channels

source orders provided
  collected for customer_care
  keep at most 1 year
{
  size : preference
}

interaction letter started by customer {
  purposes customer_care
  channels email

  /// What was ordered.
  sizes: allow use orders.size
    under contract
    told "We remember your size."
}
`;
const pull = { textDocument: { diagnostic: {} } };

describe("diagnostics", () => {
  it("are published of every file, for clients that do not ask", async () => {
    const { client, folder } = await servers.start({ "a.scruple": `${shop}\npurpose x within nowhere\n` });
    const found = await client.published(folder.uriOf("a.scruple"), (list) => list.length > 0);
    expect(found.map(({ code }) => code)).toContain("SCR2004");
  });

  it("are answered to clients that ask", async () => {
    const { client, folder } = await servers.start({ "a.scruple": shop }, { capabilities: pull });
    const uri = folder.uriOf("a.scruple");
    await client.open(uri, shop.replace("orders.size", "orders.sise"));
    const report = await client.request<{ items: { code: string; message: string }[] }>("textDocument/diagnostic", {
      textDocument: { uri },
    });
    expect(report.items.filter(({ code }) => code.startsWith("SCR2"))).toMatchObject([
      { code: "SCR2006", codeDescription: { href: expect.stringContaining("SCR2006") } },
    ]);
  });
});

describe("features", () => {
  it("work on a file that is open", async () => {
    const { client, folder } = await servers.start({ "a.scruple": shop });
    const textDocument = { uri: folder.uriOf("a.scruple") };
    await client.open(textDocument.uri, shop);
    const position = { line: 18, character: 27 };
    const hover = await client.request<{ contents: { value: string } }>("textDocument/hover", {
      textDocument,
      position,
    });
    expect(hover.contents.value).toContain("size : preference");
    const links = await client.request("textDocument/definition", { textDocument, position });
    expect(links).toMatchObject([{ targetUri: textDocument.uri, targetSelectionRange: { start: { line: 10 } } }]);
    expect(await client.stop()).toBe(0);
  });
});
