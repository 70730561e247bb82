/** Runs in VS Code's extension host, and asks the editor itself what the extension gives it. */
const { existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
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
      // What follows is about files at rest: the editor tells of those on disk some time after they were saved.
      await vscode.workspace.saveAll();
      await sleep(3000);
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
  [
    "the status bar says that promises are kept, and when one is broken",
    async () => {
      const { document } = await open("promises.scruple");
      await see(".statusbar-item", "6 promises kept");
      await replace(document, "never use religion for marketing", "never use any for service_message");
      await see(".statusbar-item", "1 of 6 promises broken");
      await picture("broken-promise");
      await replace(document, "never use any for service_message", "never use religion for marketing");
      await see(".statusbar-item", "6 promises kept");
    },
  ],
  [
    "a test is run from its lens",
    async () => {
      await open("tests.scruple");
      await see(".codelens-decoration a", "Run");
      await ask("workbench.view.testing.focus");
      await click(".codelens-decoration a", "Run");
      await see(".result-summary", "1/1");
    },
  ],
  [
    "tests are run from the Test Explorer, and fail at their line",
    async () => {
      const { document } = await open("tests.scruple");
      await ask("workbench.view.testing.focus");
      await see(".test-explorer", "policies/tests.scruple");
      await ask("testing.runAll");
      await see(".result-summary", "18/18");
      await replace(document, "expect deny use complaints.complaint", "expect allow use complaints.complaint");
      await ask("testing.runAll");
      await see(".result-summary", "17/18");
      await picture("tests");
      await replace(document, "expect allow use complaints.complaint", "expect deny use complaints.complaint");
      await ask("testing.coverageAll");
      await see(".test-coverage-bars, .test-coverage-list-label, .monaco-list-row", "%");
      await see(".result-summary", "18/18");
      await picture("coverage");
    },
  ],
  [
    "the matrix shows the interaction at the cursor, and a cell says why",
    async () => {
      const editor = await open("on-board.scruple");
      await ask("scruple.openMatrix");
      await see("caption", "use in boarding_greeting");
      await click("tr:has-text('seat_preference') button", "✓");
      await see("#why", "boarding_greeting.seat");
      const at = after(editor.document, "interaction cabin_service");
      await vscode.window.showTextDocument(editor.document, { viewColumn: 1, selection: new vscode.Range(at, at) });
      await see("caption", "use in cabin_service");
      await picture("matrix");
      await ask("workbench.action.closeEditorsInOtherGroups");
    },
  ],
  [
    "a request is explained, step by step",
    async () => {
      const { document } = await open("on-board.scruple");
      const at = after(document, "interaction boarding_greeting");
      await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
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
      const folder = vscode.workspace.workspaceFolders[0].uri.fsPath;
      assert.ok(existsSync(join(folder, "generated/airline.know_me.guard.js")));
    },
  ],
  [
    "a policy is compared with a revision",
    async () => {
      const { document } = await open("on-board.scruple");
      await replace(document, "after 6 per day", "after 9 per day");
      const done = ask("scruple.compareWithRevision");
      await see(".quick-input-widget", "Compare with Git Revision");
      await screen("press", { name: "Enter" });
      await done;
      await see("body", "boarding_greeting.enough");
      await picture("difference");
      await ask("workbench.action.closeEditorsInOtherGroups");
    },
  ],
  [
    "a new project has a policy that holds its promise",
    async () => {
      const folder = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, "new");
      await vscode.workspace.fs.createDirectory(folder);
      await ask("scruple.newProject", folder);
      const { document } = vscode.window.activeTextEditor;
      assert.match(document.getText(), /policy shop\.customers/);
      await see(".statusbar-item", "7 promises kept");
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

let asked = 0;

/** Has the browser do something, since an extension cannot see the screen. */
async function screen(action, more) {
  const id = ++asked;
  console.log(`screen: ${JSON.stringify({ id, action, ...more })}`);
  const file = join(process.env.SCRUPLE_ANSWERS, `${id}`);
  await until(() => existsSync(file));
  assert.equal(readFileSync(file, "utf8"), "");
}
const see = (selector, text) => screen("see", { selector, text });
const click = (selector, text) => screen("click", { selector, text });
const picture = (name) => screen("picture", { name });

/** What a condition comes to, once it comes to something. */
async function until(condition) {
  for (let tries = 0; tries < 300; tries++) {
    const value = condition();
    if (value) return value;
    await sleep(100);
  }
  throw new Error(`This never came true: ${condition}`);
}
