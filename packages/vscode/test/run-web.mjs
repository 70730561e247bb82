/** The extension without a server beside it: VS Code for the Web, in a browser, on an example. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { extensionFolder } from "../../../scripts/build.mjs";
import { act, openBrowser } from "./browser.mjs";
import { installVscode } from "./install-vscode.mjs";

const port = 18_777;
const pictures = join(import.meta.dirname, "../dist/pictures");
const tools = installVscode();
const place = mkdtempSync(join(tmpdir(), "scruple-web-"));
const folderPath = join(place, "airline");
cpSync(join(import.meta.dirname, "../../../examples/airline-know-me"), folderPath, { recursive: true });
const { open } = (await import(tools.web.module)).default;
const served = await open({
  ...{ browserType: "none", quality: "stable", commit: tools.web.commit, testRunnerDataDir: tools.web.folder },
  ...{ extensionDevelopmentPath: extensionFolder, folderPath, port, printServerLog: false },
});
mkdirSync(pictures, { recursive: true });
const browser = await openBrowser(tools);
let failed = 0;
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 760 } });
  const ask = (asked) => act(page, pictures, asked);
  const tests = [
    [
      // The worker has read the workspace by way of the editor, compiled it, and proved what it promises.
      "in a browser, promises are proved",
      () => ask({ action: "see", selector: ".statusbar-item", text: "6 promises kept" }),
    ],
    [
      "in a browser, policies have lenses and hints",
      async () => {
        for (const text of ["policies", "on-board.scruple"])
          await ask({ action: "click", selector: ".explorer-folders-view .monaco-list-row", text });
        await ask({ action: "see", selector: ".codelens-decoration", text: "tests reach 5 of 5 rules" });
        await ask({ action: "see", selector: ".view-line", text: "and no objection" });
      },
    ],
    [
      "in a browser, the matrix is opened",
      async () => {
        await ask({ action: "press", name: "F1" });
        await ask({ action: "see", selector: ".quick-input-widget", text: "" });
        await ask({ action: "type", text: "Scruple: Open Decision Matrix" });
        await ask({ action: "see", selector: ".quick-input-list .monaco-list-row", text: "Open Decision Matrix" });
        await ask({ action: "press", name: "Enter" });
        // What is in it would come from an address on the internet, which VS Code for the Web has for its web views.
        await ask({ action: "see", selector: ".tab", text: "Decision Matrix" });
        await ask({ action: "picture", name: "browser" });
      },
    ],
  ];
  await page.goto(`http://localhost:${port}/`);
  for (const [name, test] of tests) {
    try {
      await test();
      console.log(`✓ ${name}`);
    } catch (error) {
      failed++;
      console.log(`✗ ${name}\n${error.stack}`);
      await ask({ action: "picture", name: `failure-web-${failed}` });
    }
  }
} finally {
  await browser.close();
  served.dispose();
  rmSync(place, { recursive: true, force: true });
}
process.exit(failed === 0 ? 0 : 1);
