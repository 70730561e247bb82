/**
 * `npm run test:vscode`: installs the `.vsix` into a real VS Code, opens an example in it, and runs `suite/suite.cjs` in its extension
 * host. Pictures go to `dist/pictures`.
 */
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { packExtension } from "../../../scripts/package-vscode.mjs";
import { installVscode } from "./install-vscode.mjs";

/** Milliseconds after which a run counts as hanging. */
const limit = 300_000;

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
};

const here = import.meta.dirname;
const pictures = join(here, "../dist/pictures");
const tools = installVscode();
const vsix = await packExtension();
const place = mkdtempSync(join(tmpdir(), "scruple-vscode-"));
const answers = join(place, "answers");
let isGood = false;
try {
  isGood = await runSuite();
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
    return await drive(port, workspace);
  } finally {
    process.kill(-server.pid, "SIGTERM");
  }
}

/** Opens VS Code in a browser. @returns whether the suite went well */
async function drive(port, workspace) {
  const { chromium } = await import(pathToFileURL(tools.playwright).href);
  const browser = await chromium.launch({
    executablePath: tools.chromium,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"].concat([
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ]),
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    mkdirSync(pictures, { recursive: true });
    const ended = new Promise((resolve, reject) => {
      page.exposeFunction("codeAutomationLog", async (_type, [first]) => {
        const asked = typeof first === "string" ? first.match(/^screen: (.*)$/)?.[1] : undefined;
        // VS Code's own log is noisy, and tells of nothing that matters here.
        if (asked === undefined && /^[✓✗]/.test(first)) console.log(first);
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

/** Does what the suite asks of the screen, and writes the outcome where the suite waits for it: nothing, or what went wrong. */
async function answer(page, { id, action, selector, text, name }) {
  let problem = "";
  try {
    if (action === "picture") await page.screenshot({ path: join(pictures, `${name}.png`) });
    else if (action === "press") await page.keyboard.press(name);
    else await find(page, selector, text, action === "click");
  } catch (error) {
    problem = error.message;
    await page.screenshot({ path: join(pictures, `failure-${id}.png`) });
  }
  writeFileSync(join(answers, `${id}.draft`), problem);
  renameSync(join(answers, `${id}.draft`), join(answers, `${id}`));
}

/** Waits for an element with a text in the window or one of its web views, and may click it. */
async function find(page, selector, text, isClicked) {
  for (let tries = 0; tries < 100; tries++) {
    for (const frame of page.frames()) {
      const found = frame.locator(selector).filter({ hasText: text, visible: true }).first();
      if ((await found.count().catch(() => 0)) === 0) continue;
      if (isClicked) await found.click({ timeout: 5_000 });
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`There is no \`${selector}\` with “${text}” on the screen.`);
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
