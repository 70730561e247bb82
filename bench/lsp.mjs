import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { LanguageClient } from "@scruple/testkit/language-client";
import { generatePolicy } from "./policy.mjs";
import { median } from "./statistics.mjs";

const server = join(import.meta.dirname, "../packages/server/dist/server.cjs");
const pulls = {
  textDocument: { diagnostic: {}, completion: { completionItem: { snippetSupport: true } } },
  workspace: { diagnostics: { refreshSupport: true }, textDocumentContent: {} },
};

/**
 * The language server, spoken to over its standard streams as an editor does: how long it takes to answer `initialize`, and, in a
 * generated workspace, to check what is open and all the rest, to check again after a keystroke, and to complete and explain.
 * Milliseconds; of a start of the server and of a workspace, the median of several, and of many of the others the 95th percentile. `cpu` is the server's own processor time of the same, from /proc.
 *
 * @param {{ runs: number, keystrokes?: number }} extent
 */
export async function benchServer({ runs, keystrokes = 200 }, log, { rules = 10_000, fileCount = 200 } = {}) {
  log("language server: start");
  const starts = [];
  const bare = [];
  for (let run = 0; run < Math.max(7, runs * 3); run++) {
    starts.push(await timeToInitialize());
    bare.push(await timeToWrite());
  }
  log(`language server: ${rules} rules in ${fileCount} files`);
  const { files } = generatePolicy({ rules, fileCount });
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "scruple-bench-")));
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  writeFileSync(join(folder, "scruple.json"), "{}\n");
  try {
    return {
      rules,
      files: files.length,
      start: median(starts),
      node: median(bare),
      ...(await inWorkspace(folder, files, keystrokes, log)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timeToInitialize() {
  const begun = performance.now();
  const client = await LanguageClient.start([process.execPath, server, "--stdio"]);
  const taken = performance.now() - begun;
  await client.stop();
  return taken;
}

/** Of Node itself, which nothing that runs in it can be faster than. */
function timeToWrite() {
  const begun = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["-e", "process.stdout.write('.')"]);
    child.stdout.once("data", () => resolve(performance.now() - begun));
  });
}

async function inWorkspace(folder, files, keystrokes, log) {
  // One with interactions, from the middle.
  const place = files.findIndex(({ text }, index) => index >= files.length / 2 && text.includes("\ninteraction "));
  const { path, text } = files[place];
  const opened = { folder, uri: pathToFileURL(join(folder, path)).href, text };
  const impatient = await open(opened, log);
  const meanwhile = await hoveredUntilDone(impatient, opened);
  impatient.client.kill();
  const before = [await openedAndClosed(opened, log), await openedAndClosed(opened, log)];
  const { client, cpu, ...last } = await open(opened, log);
  try {
    const all = [...before, { first: last.first, workspace: await last.done }];
    const of = (key) => ({
      milliseconds: median(all.map((one) => one[key].milliseconds)),
      cpu: median(all.map((one) => one[key].cpu)),
    });
    const [first, workspace] = [of("first"), of("workspace")];
    log(
      `language server: workspace done after ${Math.round(workspace.milliseconds)} ms (${workspace.cpu} ms of processor)`,
    );
    const typing = await typed(client, opened.uri, text, keystrokes, cpu);
    const idleFrom = cpu();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    return {
      first,
      meanwhile,
      workspace,
      ...typing,
      idle: cpu() - idleFrom,
      peakMegabytes: peakOf(client.process.pid),
    };
  } finally {
    client.kill();
  }
}

async function openedAndClosed(opened, log) {
  const { client, first, done } = await open(opened, log);
  const workspace = await done;
  client.kill();
  return { first, workspace };
}

/** A server in which a file has been opened and has its first diagnostics; `done` comes when the whole workspace is checked. */
async function open({ folder, uri, text }, log) {
  const begun = performance.now();
  const client = await LanguageClient.start([process.execPath, server, "--stdio"], {
    folders: [pathToFileURL(folder).href],
    capabilities: pulls,
    patience: 300_000,
  });
  const cpu = () => cpuOf(client.process.pid);
  const soFar = () => ({ milliseconds: performance.now() - begun, cpu: cpu() });
  await client.open(uri, text);
  await client.request("textDocument/diagnostic", { textDocument: { uri } });
  const first = soFar();
  log(`language server: first diagnostics after ${Math.round(first.milliseconds)} ms (${first.cpu} ms of processor)`);
  return { client, cpu, first, done: settled(client).then(soFar) };
}

/** Asks for one hover after the other while the workspace is read and analysed: how long each takes. */
async function hoveredUntilDone({ client, done }, { uri, text }) {
  const lines = text.split("\n");
  const times = [];
  let isDone = false;
  const ending = done.then(() => {
    isDone = true;
  });
  for (let line = 0; !isDone; line = (line + 7) % lines.length) {
    const from = performance.now();
    const position = { line, character: lines[line].length >> 1 };
    await client.request("textDocument/hover", { textDocument: { uri }, position });
    times.push(performance.now() - from);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await ending;
  return { p95: tail(times), median: median(times), most: Math.max(...times), count: times.length };
}

/** Waits until the whole workspace has been checked: until a report of it, asked for after that, is what the last one was. */
async function settled(client) {
  let previousResultIds = [];
  for (;;) {
    const status = await client.request("scruple/status");
    const { items } = await client.request("workspace/diagnostic", { previousResultIds });
    if (status.isSettled && items.every(({ kind }) => kind === "unchanged")) return;
    previousResultIds = items.map(({ uri, resultId }) => ({ uri, value: resultId }));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Types and takes back a condition in a rule, and asks after each key what an editor asks. */
async function typed(client, uri, text, keystrokes, cpu) {
  const textDocument = { uri };
  const at = text.indexOf("\n", text.indexOf(": allow "));
  const before = text.slice(0, at).split("\n");
  const line = before.length - 1;
  const start = before.at(-1).length;
  const word = " unless group_size <= 3";
  const times = { keystroke: [], completion: [], hover: [] };
  const spent = { keystroke: [], completion: [], hover: [] };
  const timed = async (what, act) => {
    const [from, used] = [performance.now(), cpu()];
    await act();
    times[what].push(performance.now() - from);
    spent[what].push(cpu() - used);
  };
  let version = 1;
  for (let key = 0; key < keystrokes; key++) {
    const turn = key % (2 * word.length);
    const typing = turn < word.length;
    const character = start + (typing ? turn : 2 * word.length - turn - 1);
    const range = { start: { line, character }, end: { line, character: character + (typing ? 0 : 1) } };
    const change = () => client.change(uri, ++version, { range, text: typing ? word[turn] : "" });
    const position = { line, character: character + (typing ? 1 : 0) };
    if (key % 2 === 0) {
      await timed("completion", async () => {
        await change();
        await client.request("textDocument/completion", { textDocument, position });
      });
      await client.request("textDocument/diagnostic", { textDocument });
    } else {
      await timed("keystroke", async () => {
        await change();
        await client.request("textDocument/diagnostic", { textDocument });
      });
      await timed("hover", () =>
        client.request("textDocument/hover", { textDocument, position: { line, character: 4 + (key % start) } }),
      );
    }
  }
  return Object.fromEntries(
    Object.keys(times).map((what) => [
      what,
      { p95: tail(times[what]), median: median(times[what]), cpu95: tail(spent[what]), count: times[what].length },
    ]),
  );
}

function tail(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length * 0.95)];
}

/** Processor time of a process in milliseconds, to the hundredth of a second; 0 where the system does not say. */
function cpuOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}

/** Of memory, in megabytes; 0 where the system does not say. */
function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
