import { pathToFileURL } from "node:url";
import { TemporaryFolder } from "@scruple/testkit";
import { LanguageClient } from "@scruple/testkit/language-client";
import { beforeAll, describe, expect, test } from "vitest";
import { frontDesk } from "../fixtures/front-desk.ts";
import { tsc, typedProject } from "../fixtures/typecheck.ts";
import { emitDeclarations } from "./declarations.ts";

/** TypeScript's own language server, as editors start it, over an application with the guard of the small hotel. */
let client: LanguageClient;
let textDocument: { readonly uri: string };
const head = `import { frontDesk } from "./hotel.front_desk.guard.js";
const guard = frontDesk.inMemory();
const load = () => "12A";
`;
beforeAll(async () => {
  const atEnd: (() => void)[] = [];
  const files = typedProject({ "hotel.front_desk.guard.d.ts": emitDeclarations(frontDesk()), "app.ts": head });
  const folder = new TemporaryFolder(files, (remove) => atEnd.push(remove));
  textDocument = { uri: pathToFileURL(folder.path("app.ts")).href };
  client = await LanguageClient.start([process.execPath, tsc, "--lsp", "--stdio"], {
    folders: [pathToFileURL(folder.root).href],
    capabilities: { textDocument: { hover: { contentFormat: ["markdown"] } } },
    patience: 60_000,
  });
  await client.notify("textDocument/didOpen", {
    textDocument: { ...textDocument, languageId: "typescript", version: 1, text: head },
  });
  return async () => {
    client.process.kill();
    await client.exited;
    for (const remove of atEnd) remove();
  };
});

let version = 1;
/** Has the application say one thing more, and asks for what stands at `|`. */
async function at<Answer>(method: string, line: string): Promise<Answer> {
  const before = head + line.slice(0, line.indexOf("|"));
  const contentChanges = [{ text: head + line.replace("|", "") }];
  version += 1;
  await client.notify("textDocument/didChange", { textDocument: { ...textDocument, version }, contentChanges });
  const lines = before.split("\n");
  const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  return client.request(method, { textDocument, position });
}

async function offered(line: string): Promise<readonly string[]> {
  const answer = await at<{ readonly items: readonly { readonly label: string }[] } | null>(
    "textDocument/completion",
    line,
  );
  return (answer?.items ?? []).map(({ label }) => label.replace(/\?$/, "")).sort();
}

async function told(line: string): Promise<string> {
  const answer = await at<{ readonly contents: { readonly value: string } }>("textDocument/hover", line);
  return answer.contents.value;
}

describe("at a call site, an editor offers", () => {
  test("the interactions", async () => {
    expect(await offered("guard.|")).toEqual(expect.arrayContaining(["gift", "offer", "parcel", "welcome"]));
  });
  test("the channels and purposes that something is allowed on and for", async () => {
    expect(await offered('guard.welcome.show({ subject: "p1", on: "|" }, {});')).toEqual(["desk"]);
    expect(await offered('guard.offer.decide({ subject: "p1", on: "mail", for: "|" }, []);')).toEqual([
      "marketing",
      "news",
    ]);
  });
  test("the fields that may be loaded there, and no others", async () => {
    expect(await offered('guard.welcome.show({ subject: "p1", on: "desk" }, { "|": load });')).toEqual([
      "bookings.room",
    ]);
    const gift = (place: string) => `guard.gift.act({ subject: "p1", ${place}, key: "k" }, { "|": load }, () => 1);`;
    const facts = 'facts: { local_time: "10:00" }';
    expect(await offered(gift(`on: "desk", for: "stay", ${facts}`))).toEqual(["bookings.room"]);
    expect(await offered(gift(`on: "mail", for: "marketing", ${facts}`))).toEqual(["bookings.email"]);
  });
  test("the facts that the answer depends on", async () => {
    const facts = await offered(
      'guard.welcome.decide({ operation: "use", subject: "p1", on: "desk", facts: { | } }, []);',
    );
    expect(facts).toContain("busy");
  });
});

describe("at a call site, an editor tells", () => {
  test("what customers are told, why rules deny, and their names", async () => {
    const text = await told("guard.wel|come;");
    expect(text).toContain('InteractionGuard<Types, "welcome"');
    expect(text).toContain("Somebody comes to the desk.");
    expect(text).toContain("`welcome.room` allows to disclose. Told: We remember your room.");
    expect(text).toContain("`welcome.no_photos` denies to collect. Nobody asked guests whether we may look");
  });
  test("how often something may be done", async () => {
    expect(await told("guard.of|fer;")).toContain("`offer.enough` denies to use after 2 in 1 week.");
  });
  test("what a call does", async () => {
    expect(await told("guard.welcome.sh|ow;")).toContain(
      "Discloses fields. Loaders run only for those that are allowed",
    );
  });
  test("in an interaction where nothing is disclosed, that", async () => {
    expect(await told("guard.offer.sh|ow;")).toContain('Refused<"nothing may ever be disclosed in `offer`">');
  });
  test("which rules hold everywhere, at the factory", async () => {
    expect(await told("front|Desk;")).toContain("`private` denies to");
  });
});
