/** Runs in VS Code's extension host, and asks the editor itself what the extension gives it. */
const assert = require("node:assert/strict");
const vscode = require("vscode");

const tests = [
  ...require("./writing.cjs"),
  ...require("./testing.cjs"),
  ...require("./matrix.cjs"),
  ...require("./commands.cjs"),
  ...require("./walkthrough.cjs"),
];

/** What a failed test leaves behind is not to be the next one's trouble. */
async function tidyUp() {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.files.revert");
  }
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}

exports.run = async () => {
  assert.ok(vscode.extensions.getExtension("scruple.scruple"), "the extension is installed");
  const failed = [];
  for (const [name, test] of tests) {
    try {
      await test();
      console.log(`✓ ${name}`);
    } catch (error) {
      failed.push(name);
      console.log(`✗ ${name}\n${error.stack}`);
      await tidyUp();
    }
  }
  console.log(`· ${tests.length - failed.length} of ${tests.length} passed in VS Code ${vscode.version}`);
  if (failed.length > 0) throw new Error(`${failed.length} of ${tests.length} failed.`);
};
