import { type ChildProcess, fork, spawn } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { bundledServer } from "../testing/start-server.ts";

const servers = bundledServer();
const processes: ChildProcess[] = [];
afterEach(() => {
  for (const child of processes.splice(0)) child.kill("SIGKILL");
});

interface Message {
  readonly id?: number;
  readonly result?: { readonly serverInfo?: { readonly name: string } };
  readonly error?: { readonly code: number };
}

const initialize = { jsonrpc: "2.0", id: 1, method: "initialize", params: { processId: null, capabilities: {} } };
const initialized = { jsonrpc: "2.0", method: "initialized", params: {} };
const symbols = { jsonrpc: "2.0", id: 2, method: "workspace/symbol", params: { query: "" } };
const framed = (message: object) => {
  const text = JSON.stringify(message);
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
};

/** A server whose answers are read from its standard output by hand. */
function onStreams(bundle: string) {
  const child = spawn(process.execPath, [bundle, "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
  processes.push(child);
  let text = "";
  let wake = () => {};
  child.stdout.on("data", (chunk) => {
    text += chunk;
    wake();
  });
  const messages = () =>
    [...text.matchAll(/Content-Length: \d+\r\n(?:.+\r\n)*\r\n(.+?)(?=Content-Length|$)/g)].map(
      ([, body]) => JSON.parse(body!) as Message,
    );
  const answer = async (id: number): Promise<Message> => {
    for (;;) {
      const found = messages().find((message) => message.id === id);
      if (found) return found;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { write: (bytes: string | Buffer) => child.stdin.write(bytes), answer, messages };
}

describe("the answer to `initialize`", () => {
  it("needs nothing but the small file that is started", async () => {
    const { path } = servers.folder();
    copyFileSync(servers.bundle(), join(path, "server.cjs"));
    const { write, answer } = onStreams(join(path, "server.cjs"));
    write(framed(initialize));
    expect((await answer(1)).result?.serverInfo?.name).toBe("scruple");
  });

  it("comes once, however the messages are cut", async () => {
    const { write, answer, messages } = onStreams(servers.bundle());
    const bytes = Buffer.from(framed({ ...initialize, params: { ...initialize.params, rootUri: "file:///ä" } }));
    for (const cut of [[0, 9], [9, 30], [30, bytes.indexOf("ä") + 1], [bytes.indexOf("ä") + 1]]) {
      write(bytes.subarray(...cut));
      await wait(20);
    }
    await answer(1);
    write(framed(initialized));
    write(framed(symbols));
    expect((await answer(2)).result).toEqual([]);
    expect(messages().map(({ id }) => id)).toEqual([1, 2]);
  });

  it("comes before the others where all are sent at once", async () => {
    const { write, answer, messages } = onStreams(servers.bundle());
    write(framed(initialize) + framed(initialized) + framed(symbols));
    await answer(2);
    expect(messages().map(({ id }) => id)).toEqual([1, 2]);
  });

  it("leaves whatever else comes first to the server", async () => {
    const { write, answer } = onStreams(servers.bundle());
    write(framed({ ...symbols, id: 7 }));
    expect((await answer(7)).error?.code).toBe(-32002);
    write(framed(initialize));
    expect((await answer(1)).result?.serverInfo?.name).toBe("scruple");
  });

  it("comes over the channel to the process that forks the server, too", async () => {
    const child = fork(servers.bundle(), ["--node-ipc"], { stdio: "ignore" });
    processes.push(child);
    const received: Message[] = [];
    const done = new Promise<void>((resolve) =>
      child.on("message", (message: Message) => {
        received.push(message);
        if (message.id === 2) resolve();
      }),
    );
    for (const message of [initialize, initialized, symbols]) child.send(message);
    await done;
    expect(received.map(({ id }) => id)).toEqual([1, 2]);
    expect(received[0]!.result?.serverInfo?.name).toBe("scruple");
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.send({ jsonrpc: "2.0", id: 3, method: "shutdown" });
    child.send({ jsonrpc: "2.0", method: "exit" });
    expect(await ended).toBe(0);
  });
});
