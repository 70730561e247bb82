/** Commands and tasks. */
const { existsSync } = require("node:fs");
const { join } = require("node:path");
const assert = require("node:assert/strict");
const vscode = require("vscode");
const { after, ask, click, folder, open, picture, press, replace, see, select, until, uriOf } = require("./editor.cjs");

/** Runs a task to its end. @returns its exit code */
async function ended(task) {
  const done = new Promise((resolve) => {
    const listening = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution.task.name !== task.name) return;
      listening.dispose();
      resolve(exitCode);
    });
  });
  await vscode.tasks.executeTask(task);
  return done;
}

module.exports = [
  [
    "a request is explained, step by step",
    async () => {
      const { document } = await open("on-board.scruple");
      const at = after(document, "interaction boarding_greeting");
      await select(document, new vscode.Range(at, at));
      const done = ask("scruple.explainRequest");
      for (const choice of ["disclose", "seat_preference", "in_person"])
        await click(".quick-input-list .monaco-list-row", choice);
      await done;
      await see("body", "It comes to allow");
      await picture("explanation");
      await ask("workbench.action.closeEditorsInOtherGroups");
    },
  ],
  [
    "guards are built",
    async () => {
      await open("on-board.scruple");
      await ask("scruple.buildGuards");
      assert.ok(existsSync(join(folder().fsPath, "generated/airline.know_me.guard.js")));
    },
  ],
  [
    "a policy is compared with a revision",
    async () => {
      const { document } = await open("on-board.scruple");
      await replace(document, "after 6 per day", "after 9 per day");
      const done = ask("scruple.compareWithRevision");
      await see(".quick-input-widget", "Compare with Git Revision");
      await press("Enter");
      await done;
      await see("body", "boarding_greeting.enough");
      await picture("difference");
      await ask("workbench.action.closeEditorsInOtherGroups");
    },
  ],
  [
    "tasks check, build and test, and what they find is a problem",
    async () => {
      const tasks = await vscode.tasks.fetchTasks({ type: "scruple" });
      assert.deepEqual(tasks.map(({ name }) => name).sort(), ["build", "check", "test"]);
      const named = (name) => tasks.find((task) => task.name === name);
      assert.equal(await ended(named("test")), 0);
      const { document } = await open("promises.scruple");
      await replace(document, "never use religion", "never use religio");
      await document.save();
      await ask("workbench.action.closeActiveEditor");
      assert.equal(await ended(named("check")), 1);
      const found = () => vscode.languages.getDiagnostics(uriOf("promises.scruple"));
      await until(() => found().some(({ message }) => message.includes("`religio`")));
      const again = await open("promises.scruple");
      await replace(again.document, "never use religio ", "never use religion ");
      await again.document.save();
      await ask("workbench.action.closePanel");
    },
  ],
  [
    "a new project has a policy that holds its promise",
    async () => {
      const place = vscode.Uri.joinPath(folder(), "new");
      await vscode.workspace.fs.createDirectory(place);
      await ask("scruple.newProject", place);
      const { document } = vscode.window.activeTextEditor;
      assert.match(document.getText(), /policy shop\.customers/);
      await see(".statusbar-item", "7 promises kept");
    },
  ],
];
