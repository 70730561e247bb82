/** The first ten minutes: each step of the walkthrough, by its button. */
const assert = require("node:assert/strict");
const { existsSync } = require("node:fs");
const { join } = require("node:path");
const vscode = require("vscode");
const { after, ask, click, folder, has, picture, replace, see, select, sleep, until } = require("./editor.cjs");

const walkthrough = "scruple.scruple#begin";
const place = () => vscode.Uri.joinPath(folder(), "first");
const policy = () => vscode.Uri.joinPath(place(), "policies/shop.scruple");
const sign = (step, isDone) => `[data-done-step-id="${walkthrough}#${step}"][aria-checked="${isDone}"]`;

/** What comes of a step's button, by the step's name. */
const outcomes = {
  async project() {
    // It asks for the folder, beginning with the workspace's.
    const row = ".quick-input-list .monaco-list-row";
    await click(row, "first");
    while (await has(row, "first")) await sleep(100);
    await picture("walkthrough-folder");
    await click(".quick-input-widget .monaco-button", "Make Project");
    await see(".tab.active", "shop.scruple");
    const document = await vscode.workspace.openTextDocument(policy());
    const at = after(document, "interaction offer_email");
    await select(document, new vscode.Range(at, at));
  },
  async matrix() {
    await see("caption", "use in offer_email");
  },
  async promise() {
    const document = await vscode.workspace.openTextDocument(policy());
    await replace(document, "under consent", "");
    await see(".statusbar-item", "1 of 8 promises broken");
    await see(".markers-panel .monaco-list-row", "SCR6001");
    await replace(document, "    \n    when adult", "    under consent\n    when adult");
    await see(".statusbar-item", "8 promises kept");
  },
  async tests() {
    await ask("workbench.view.testing.focus");
    await see(".result-summary", "28/28");
  },
  async guards() {
    await until(() => existsSync(join(place().fsPath, "generated/shop.customers.guard.js")));
  },
};

module.exports = [
  [
    "the walkthrough's steps are done by their buttons",
    async () => {
      const { packageJSON } = vscode.extensions.getExtension("scruple.scruple");
      const { steps } = packageJSON.contributes.walkthroughs[0];
      assert.deepEqual(
        steps.map(({ id }) => id),
        Object.keys(outcomes),
      );
      await vscode.workspace.fs.createDirectory(place());
      // Other tests have done some of it.
      await ask("resetGettingStartedProgress");
      for (const { id, title, description } of steps) {
        await ask("workbench.action.openWalkthrough", walkthrough, false);
        await click(".getting-started-step h3", title);
        await see(".getting-started-step.expanded", title);
        await see(sign(id, false), "");
        if (id === "project") await picture("walkthrough");
        await click(".getting-started-step.expanded .monaco-button", /\[(.*?)\]/.exec(description)[1]);
        await outcomes[id]();
        await ask("workbench.action.openWalkthrough", walkthrough, false);
        await see(sign(id, true), "");
      }
      await picture("walkthrough-done");
      for (const { id } of steps) assert.ok(await has(sign(id, true), ""));
    },
  ],
];
