/**
 * `npm run test:vscode`: installs the `.vsix` into a real VS Code, opens an example in it, and runs `suite/suite.cjs` in its extension
 * host. Pictures go to `dist/pictures`; with `--pictures`, those of the README are replaced by new ones.
 */
import { spawn, spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packExtension } from "../../../scripts/package-vscode.mjs";
import { act, openBrowser } from "./browser.mjs";
import { installVscode } from "./install-vscode.mjs";

/** Milliseconds after which a run counts as hanging. */
const limit = 400_000;

/** So that nothing but policies is on the screen. */
const settings = {
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "update.mode": "none",
  "extensions.autoCheckUpdates": false,
  "chat.disableAIFeatures": true,
  "git.enabled": false,
  "files.autoSave": "off",
  "editor.minimap.enabled": false,
};

const here = import.meta.dirname;
const pictures = join(here, "../dist/pictures");
rmSync(pictures, { recursive: true, force: true });
/** What the README shows. */
const shown = join(here, "../pictures");
const tools = installVscode();
const vsix = await packExtension();
const place = mkdtempSync(join(tmpdir(), "scruple-vscode-"));
const answers = join(place, "answers");
/** Whether the language server was among this machine's processes. */
let wasServed = false;
let isGood = false;
try {
  isGood = await runSuite();
  if (isGood && process.argv.includes("--pictures"))
    for (const name of readdirSync(shown)) copyFileSync(join(pictures, name), join(shown, name));
} finally {
  rmSync(place, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
}
process.exit(isGood ? 0 : 1);

async function runSuite() {
  const workspace = join(place, "airline");
  cpSync(join(here, "../../../examples/airline-know-me"), workspace, { recursive: true });
  const git = (...args) =>
    spawnSync("git", ["-c", "user.name=x", "-c", "user.email=x@localhost", ...args], { cwd: workspace });
  for (const args of [["init"], ["add", "."], ["commit", "-m", "As it was"]]) git(...args);
  mkdirSync(answers);
  const env = { ...process.env, HOME: place, TMPDIR: place, SCRUPLE_ANSWERS: answers };
  const folders = ["--user-data-dir", join(place, "data"), "--extensions-dir", join(place, "extensions")];
  mkdirSync(join(place, "data/User"), { recursive: true });
  writeFileSync(join(place, "data/User/settings.json"), JSON.stringify(settings));
  const installed = spawnSync(tools.node, [tools.codeServer, ...folders, "--install-extension", vsix], { env });
  if (installed.status !== 0) throw new Error(`The extension was not installed. ${installed.stderr}`);

  const port = await freePort();
  const options = [
    "--auth",
    "none",
    "--bind-addr",
    `127.0.0.1:${port}`,
    "--disable-telemetry",
    "--disable-update-check",
  ];
  options.push("--disable-workspace-trust", "--disable-getting-started-override");
  options.push("--vscode-option", "enable-smoke-test-driver");
  const server = spawn(tools.node, [tools.codeServer, ...folders, ...options, workspace], {
    env,
    detached: true,
    stdio: "ignore",
  });
  try {
    await untilUp(port);
    const isGood = await drive(port, workspace);
    return (await close(server)) && isGood;
  } finally {
    try {
      process.kill(-server.pid, "SIGTERM");
    } catch {
      // All of them have ended.
    }
  }
}

/** Opens VS Code in a browser. @returns whether the suite went well */
async function drive(port, workspace) {
  const browser = await openBrowser(tools, join(place, "profile"));
  try {
    const { page } = browser;
    mkdirSync(pictures, { recursive: true });
    const ended = new Promise((resolve, reject) => {
      page.exposeFunction("codeAutomationLog", async (_type, [first]) => {
        const asked = typeof first === "string" ? first.match(/^screen: (.*)$/)?.[1] : undefined;
        // VS Code's own log is noisy, and tells of nothing that matters here.
        if (asked === undefined && /^[✓✗·]/.test(first)) console.log(first);
        if (asked !== undefined) await answer(page, JSON.parse(asked));
      });
      page.exposeFunction("codeAutomationExit", (code) => resolve(code === 0));
      setTimeout(() => reject(new Error("The suite did not end.")), limit).unref();
    });
    const remote = (path) => `vscode-remote://127.0.0.1:${port}${path}`;
    const payload = [
      ["extensionDevelopmentPath", remote(join(here, "suite"))],
      ["extensionTestsPath", remote(join(here, "suite/suite.cjs"))],
    ];
    const query = new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload) });
    await page.goto(`http://127.0.0.1:${port}/?${query}`);
    return await ended;
  } finally {
    await browser.close();
  }
}

/** Does what the suite asks of the screen, and writes the outcome where the suite waits for it. */
async function answer(page, { id, ...asked }) {
  let outcome = { problem: "", value: null };
  wasServed ||=
    commandsWhere((one) => one.includes(join(place, "extensions")) && one.includes("server.cjs")).length > 0;
  try {
    outcome.value = (await act(page, pictures, asked)) ?? null;
  } catch (error) {
    outcome = { problem: error.message, value: null };
    await page.screenshot({ path: join(pictures, `failure-${id}.png`) });
  }
  writeFileSync(join(answers, `${id}.draft`), JSON.stringify(outcome));
  renameSync(join(answers, `${id}.draft`), join(answers, `${id}`));
}

/** Ends VS Code as its window's end does, and waits for the language server to follow by itself. @returns whether it did */
async function close(server) {
  server.kill("SIGTERM");
  for (let tries = 0; tries < 100; tries++) {
    if (commandsWhere((command) => command.includes(place)).length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const left = commandsWhere((command) => command.includes(place));
  const isGood = wasServed && left.length === 0;
  console.log(`${isGood ? "✓" : "✗"} closing VS Code leaves no process`);
  for (const command of left) console.log(`  ${command}`);
  return isGood;
}

/** The command lines of this machine's processes that are as wanted. */
function commandsWhere(isWanted) {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
        return isWanted(command) ? [command] : [];
      } catch {
        return [];
      }
    });
}

async function untilUp(port) {
  for (let tries = 0; tries < 200; tries++) {
    try {
      if ((await fetch(`http://127.0.0.1:${port}/healthz`)).ok) return;
    } catch {}
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error("VS Code did not start.");
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
