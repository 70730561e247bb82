/** Runs in VS Code's extension host, and asks the editor itself what the extension gives it. */
const assert = require("node:assert/strict");
const vscode = require("vscode");

const tests = [
  [
    "a broken edit has a squiggle with its reason, and a fix that cures it",
    async () => {
      const { document } = await open("on-board.scruple");
      await replace(document, "on staff_device\n", "on staff_devicee\n");
      const found = await until(() => errorsIn(document)[0]);
      assert.match(found.message, /No channel is named `staff_devicee`/);
      await picture("diagnostics");
      const actions = await ask("vscode.executeCodeActionProvider", document.uri, found.range);
      const fix = actions.find(({ title }) => title.includes("staff_device"));
      assert.ok(await vscode.workspace.applyEdit(fix.edit));
      await until(() => errorsIn(document).length === 0);
      assert.match(document.getText(), /on staff_device\n/);
    },
  ],
  [
    "completion knows the fields of a source",
    async () => {
      const { document } = await open("on-board.scruple");
      const { items } = await ask(
        "vscode.executeCompletionItemProvider",
        document.uri,
        after(document, "disclose bookings."),
      );
      assert.ok(items.some(({ label }) => (label.label ?? label) === "seat_preference"));
    },
  ],
  [
    "hover says what a name stands for",
    async () => {
      const { document } = await open("on-board.scruple");
      const hovers = await ask("vscode.executeHoverProvider", document.uri, after(document, "disclose book"));
      assert.match(hovers.flatMap(({ contents }) => contents.map(({ value }) => value)).join(), /source bookings/);
    },
  ],
  [
    "a definition is found in another file, and in the standard vocabulary",
    async () => {
      const { document } = await open("on-board.scruple");
      const target = async (text) => {
        const [first] = await ask("vscode.executeDefinitionProvider", document.uri, after(document, text));
        return first.targetUri ?? first.uri;
      };
      assert.match((await target("disclose book")).path, /data\.scruple$/);
      const library = await target("purposes customer_c");
      assert.equal(library.scheme, "scruple");
      assert.match((await vscode.workspace.openTextDocument(library)).getText(), /purpose customer_care/);
    },
  ],
  [
    "a rename reaches every file",
    async () => {
      const { document } = await open("on-board.scruple");
      const edit = await ask(
        "vscode.executeDocumentRenameProvider",
        document.uri,
        after(document, "disclose book"),
        "journeys",
      );
      assert.ok(edit.size >= 4);
      assert.ok(await vscode.workspace.applyEdit(edit));
      const data = await vscode.workspace.openTextDocument(uriOf("data.scruple"));
      assert.match(data.getText(), /source journeys/);
      await until(() => errorsIn(document).length === 0);
    },
  ],
  [
    "formatting lays a file out",
    async () => {
      const { document } = await open("on-board.scruple");
      const before = document.getText();
      await replace(document, "  purposes customer_care\n", "purposes     customer_care\n");
      const edits = await ask("vscode.executeFormatDocumentProvider", document.uri, { tabSize: 2, insertSpaces: true });
      const edit = new vscode.WorkspaceEdit();
      edit.set(document.uri, edits);
      assert.ok(await vscode.workspace.applyEdit(edit));
      assert.equal(document.getText(), before);
    },
  ],
  [
    "names have the colours of what they stand for",
    async () => {
      const { document } = await open("on-board.scruple");
      const legend = await ask("vscode.provideDocumentSemanticTokensLegend", document.uri);
      const { data } = await ask("vscode.provideDocumentSemanticTokens", document.uri);
      const types = new Set([...data].filter((_, place) => place % 5 === 3).map((type) => legend.tokenTypes[type]));
      for (const type of ["keyword", "struct", "property", "namespace", "method"]) assert.ok(types.has(type), type);
    },
  ],
];

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
    }
  }
  if (failed.length > 0) throw new Error(`${failed.length} of ${tests.length} failed.`);
};

const uriOf = (name) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, "policies", name);
const open = async (name) => vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uriOf(name)));
const ask = (command, ...args) => vscode.commands.executeCommand(command, ...args);
const errorsIn = ({ uri }) => vscode.languages.getDiagnostics(uri).filter(({ severity }) => severity === 0);
const picture = async (name) => {
  await sleep(500);
  console.log(`picture: ${name}`);
  await sleep(1000);
};
const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time));

function after(document, text) {
  const start = document.getText().indexOf(text);
  assert.ok(start >= 0, text);
  return document.positionAt(start + text.length);
}

async function replace(document, from, to) {
  const edit = new vscode.WorkspaceEdit();
  const end = after(document, from);
  edit.replace(document.uri, new vscode.Range(document.positionAt(document.offsetAt(end) - from.length), end), to);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** What a condition comes to, once it comes to something. */
async function until(condition) {
  for (let tries = 0; tries < 300; tries++) {
    const value = condition();
    if (value) return value;
    await sleep(100);
  }
  throw new Error(`This never came true: ${condition}`);
}
