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
const browser = await openBrowser(tools, join(place, "profile"));
let failed = 0;
try {
  const { page } = browser;
  const ask = (asked) => act(page, pictures, asked);
  const see = (selector, text) => ask({ action: "see", selector, text });
  const click = (selector, text) => ask({ action: "click", selector, text });
  const press = (name) => ask({ action: "press", name });
  const type = (text) => ask({ action: "type", text });
  /** Selects a text in the editor that has the focus, as somebody would who has only a keyboard. */
  const find = async (text) => {
    await press("Control+f");
    await see(".find-widget.visible", "");
    await type(text);
    await see(".find-widget.visible .matchesCount", " of ");
    await press("Escape");
  };
  const command = async (name) => {
    await press("F1");
    await see(".quick-input-widget", "");
    await type(name);
    await see(".quick-input-list .monaco-list-row", name.replace("Scruple: ", ""));
    await press("Enter");
  };
  const tests = [
    [
      // The worker has read the workspace by way of the editor, compiled it, and proved what it promises.
      "in a browser, promises are proved",
      () => see(".statusbar-item", "6 promises kept"),
    ],
    [
      "in a browser, policies have lenses and hints",
      async () => {
        for (const text of ["policies", "on-board.scruple"])
          await click(".explorer-folders-view .monaco-list-row", text);
        await see(".codelens-decoration", "tests reach 5 of 5 rules");
        await see(".view-line", "and no objection");
      },
    ],
    [
      "in a browser, hover says what a name stands for",
      async () => {
        await click(".view-line", "seat_preference");
        await find("bookings");
        await command("Show or Focus Hover");
        await see(".monaco-hover", "source bookings");
        await press("Escape");
      },
    ],
    [
      "in a browser, what is typed is completed",
      async () => {
        await find("seat_preference");
        await type("meal");
        await see(".suggest-widget .monaco-list-row", "meal_request");
        await press("Enter");
        await see(".view-line", "bookings.meal_request");
      },
    ],
    [
      "in a browser, a broken edit has a squiggle and a fix that cures it",
      async () => {
        await find("on staff_device");
        await type("on staff_devicee");
        await press("Escape");
        await see(".squiggly-error", "");
        await press("ArrowLeft");
        await command("Quick Fix...");
        await see(".action-widget .monaco-list-row", "Write `staff_device`");
        await press("Enter");
        await see(".statusbar-item", "6 promises kept");
      },
    ],
    [
      "in a browser, the matrix shows the interaction at the cursor, and a cell says why",
      async () => {
        await find("interaction boarding_greeting");
        await command("Scruple: Open Decision Matrix");
        await see("caption", "use in boarding_greeting");
        // What was completed above is what is allowed now.
        await click("tr:has-text('meal_request') [role=gridcell]", "✓");
        await see("#why", "boarding_greeting.seat");
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
