/** The extension without a server beside it: VS Code for the Web, in a browser, on an example. */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { extensionFolder } from "../../../scripts/build.mjs";
import { installVscode } from "./install-vscode.mjs";

const port = 18_777;
const tools = installVscode();
const place = mkdtempSync(join(tmpdir(), "scruple-web-"));
const folderPath = join(place, "airline");
cpSync(join(import.meta.dirname, "../../../examples/airline-know-me"), folderPath, { recursive: true });
const { open } = (await import(pathToFileURL(tools.web.module).href)).default;
const { chromium } = await import(pathToFileURL(tools.playwright).href);
const served = await open({
  ...{ browserType: "none", quality: "stable", commit: tools.web.commit, testRunnerDataDir: tools.web.folder },
  ...{ extensionDevelopmentPath: extensionFolder, folderPath, port, printServerLog: false },
});
const browser = await chromium.launch({
  executablePath: tools.chromium,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  await page.goto(`http://localhost:${port}/`);
  // The worker has read the workspace by way of the editor, compiled it, and proved what it promises.
  await page.locator(".statusbar-item").filter({ hasText: "6 promises kept" }).waitFor({ timeout: 120_000 });
  console.log("✓ in a browser, promises are proved");
} finally {
  await browser.close();
  served.dispose();
  rmSync(place, { recursive: true, force: true });
}
process.exit();
