import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { afterAll, beforeAll, expect, it } from "vitest";

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly uri?: string; readonly diagnostics?: readonly { readonly code: string }[] };
  readonly result?: unknown;
}

let folder = "";
let bundle = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "scruple-web-"));
  const { today } = await import(new URL("../../../../scripts/build.mjs", import.meta.url).href);
  await today.webServer(join(folder, "server.js"));
  bundle = readFileSync(join(folder, "server.js"), "utf8");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the bundle where there is what a web worker has, and nothing of Node. */
function startWorker(files: Readonly<Record<string, string>>) {
  const received: Message[] = [];
  let wake = () => {};
  const answerFiles = ({ id, method, params }: Message) => {
    const uri = params?.uri ?? "";
    const result = method === "scruple/listFiles" ? Object.keys(files) : (files[uri] ?? null);
    send({ jsonrpc: "2.0", id, result });
  };
  const listeners: ((event: object) => void)[] = [];
  const worker: Record<string, unknown> = {
    addEventListener: (type: string, listener: (event: object) => void) => {
      if (type === "message") listeners.push(listener);
    },
    postMessage: (message: Message) => {
      received.push(message);
      if (message.method?.startsWith("scruple/")) answerFiles(message);
      wake();
    },
    ...{
      setTimeout,
      clearTimeout,
      queueMicrotask,
      performance,
      console,
      MessageChannel,
      TextDecoder,
      TextEncoder,
      URL,
    },
    // VS Code for the Web starts workers from blobs: what is behind `blob:` counts as the path.
    location: { origin: "http://localhost:3000", pathname: "http://localhost:3000/0d1c", search: "" },
  };
  worker.self = worker;
  worker.globalThis = worker;
  runInContext(bundle, createContext(worker));
  const send = (message: object) => {
    (worker.onmessage as ((event: object) => void) | undefined)?.({ data: message });
    for (const listener of listeners) listener({ data: message });
  };
  const until = async (isWanted: (message: Message) => boolean): Promise<Message> => {
    for (;;) {
      const found = received.find(isWanted);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { send, until };
}

it("checks files that the editor holds, in a web worker", async () => {
  const root = "vscode-vfs://github/shop";
  const uri = `${root}/b.scruple`;
  const files: Record<string, string> = {
    [`${root}/scruple.json`]: "{}",
    [`${root}/a.scruple`]: "policy a\npurpose care\n",
    [uri]: "policy b\nuse a\npurpose help within car\n",
  };
  const { send, until } = startWorker(files);
  const workspaceFolders = [{ uri: root, name: "shop" }];
  send({
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: { processId: null, workspaceFolders, capabilities: {} },
  });
  expect((await until(({ id }) => id === 1)).result).toMatchObject({ serverInfo: { name: "scruple" } });
  send({ jsonrpc: "2.0", method: "initialized", params: {} });
  const found = (code: string) =>
    until(({ params }) => params?.uri === uri && params.diagnostics?.some((one) => one.code === code) === true);
  await found("SCR2004");
  // Here the editor alone can tell of a change.
  files[uri] = "policy b\nuse nobody\n";
  send({ jsonrpc: "2.0", method: "workspace/didChangeWatchedFiles", params: { changes: [{ uri, type: 2 }] } });
  await found("SCR2008");
});
