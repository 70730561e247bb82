/** What the tests ask of the editor, and by way of the browser of its screen. */
const { existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const assert = require("node:assert/strict");
const vscode = require("vscode");

const folder = () => vscode.workspace.workspaceFolders[0].uri;
const uriOf = (name) => vscode.Uri.joinPath(folder(), "policies", name);
const open = async (name) => vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uriOf(name)));
const ask = (command, ...args) => vscode.commands.executeCommand(command, ...args);
const errorsIn = ({ uri }) => vscode.languages.getDiagnostics(uri).filter(({ severity }) => severity === 0);
const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time));

/** The range of a text in a document. */
function rangeOf(document, text) {
  const start = document.getText().indexOf(text);
  assert.ok(start >= 0, text);
  return new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
}
const after = (document, text) => rangeOf(document, text).end;

async function replace(document, from, to) {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, rangeOf(document, from), to);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** Puts the cursor, or a selection, where somebody would who writes there. */
async function select(document, range) {
  await vscode.window.showTextDocument(document, { viewColumn: 1, selection: range });
  await ask("workbench.action.focusActiveEditorGroup");
}

/** What a condition comes to, once it comes to something. */
async function until(condition) {
  for (let tries = 0; tries < 1_500; tries++) {
    const value = condition();
    if (value) return value;
    await sleep(100);
  }
  throw new Error(`This never came true: ${condition}`);
}

let asked = 0;

/** Has the browser do something, since an extension cannot see the screen. */
async function screen(action, more) {
  const id = ++asked;
  console.log(`screen: ${JSON.stringify({ id, action, ...more })}`);
  const file = join(process.env.SCRUPLE_ANSWERS, `${id}`);
  await until(() => existsSync(file));
  const { problem, value } = JSON.parse(readFileSync(file, "utf8"));
  assert.equal(problem, "");
  return value;
}

module.exports = {
  ...{ after, ask, errorsIn, folder, open, rangeOf, replace, select, sleep, until, uriOf },
  see: (selector, text) => screen("see", { selector, text }),
  /** Whether it is on the screen now. */
  has: (selector, text) => screen("has", { selector, text }),
  read: (selector, text) => screen("read", { selector, text }),
  click: (selector, text) => screen("click", { selector, text }),
  press: (name) => screen("press", { name }),
  type: (text) => screen("type", { text }),
  /** Waits for something that a screen reader calls by a role and a name. */
  hear: (role, name) => screen("hear", { role, name }),
  /** Role and name of what has the focus, in the window or a web view in it. */
  focused: () => screen("focused"),
  /** The least contrast between the signs of the matrix and what is behind them, as WCAG counts it. */
  contrast: () => screen("contrast"),
  /** @param clip what of the window is on the picture; all of it where it is left out */
  picture: (name, clip) => screen("picture", { name, clip }),
};
