/** While a policy is written. */
const assert = require("node:assert/strict");
const vscode = require("vscode");
const {
  after,
  ask,
  click,
  errorsIn,
  has,
  open,
  picture,
  press,
  rangeOf,
  read,
  replace,
  see,
  select,
  type,
  until,
  uriOf,
} = require("./editor.cjs");

module.exports = [
  [
    "the matrix says what it waits for, where nobody has looked at a policy yet",
    async () => {
      await ask("scruple.openMatrix");
      await see("main p", "Put the cursor into an interaction of a policy.");
      await ask("workbench.action.closeAllEditors");
    },
  ],
  [
    "the extension is at work as soon as there is a policy",
    async () => {
      await open("on-board.scruple");
      await see(".statusbar-item", "6 promises kept");
      await ask("workbench.action.showRuntimeExtensions");
      // The slowest come first, and of those that are not on the screen nothing is there.
      await click(".runtime-extensions-editor .monaco-list-row", "Activation");
      const isShown = () => has(".runtime-extensions-editor .monaco-list-row", "Scruple");
      for (let pages = 0; pages < 10 && !(await isShown()); pages++) await press("PageDown");
      const told = await read(".runtime-extensions-editor .monaco-list-row", "Scruple");
      console.log(`· ${/Activation: [^\n]*ms/.exec(told)?.[0] ?? told}`);
      assert.match(told, /Activation/);
      assert.doesNotMatch(told, /uncaught error/);
      await ask("workbench.action.closeActiveEditor");
    },
  ],
  [
    "a broken edit has a squiggle and a problem with its reason, and a fix that cures it",
    async () => {
      const { document } = await open("on-board.scruple");
      await replace(document, "on staff_device\n", "on staff_devicee\n");
      const found = await until(() => errorsIn(document)[0]);
      assert.match(found.message, /No channel is named `staff_devicee`/);
      await see(".squiggly-error", "");
      await ask("workbench.actions.view.problems");
      await see(".markers-panel .monaco-list-row", "No channel is named");
      await select(document, rangeOf(document, "staff_devicee"));
      await picture("diagnostics", { x: 350, y: 36, width: 850, height: 532 });
      await ask("editor.action.quickFix");
      await see(".action-widget .monaco-list-row", "Write `staff_device`");
      await press("Enter");
      await until(() => errorsIn(document).length === 0);
      assert.match(document.getText(), /on staff_device\n/);
      await ask("workbench.action.closePanel");
    },
  ],
  [
    "what is typed is completed",
    async () => {
      const { document } = await open("on-board.scruple");
      await select(document, rangeOf(document, "seat_preference"));
      await type("meal");
      await see(".suggest-widget .monaco-list-row", "meal_request");
      await press("Enter");
      await until(() => document.getText().includes("disclose bookings.meal_request\n"));
      await replace(document, "disclose bookings.meal_request\n", "disclose bookings.seat_preference\n");
    },
  ],
  [
    "hover says what a name stands for, and what a rule decides",
    async () => {
      const { document } = await open("on-board.scruple");
      const place = after(document, "disclose book");
      await select(document, new vscode.Range(place, place));
      await ask("editor.action.showHover");
      await see(".monaco-hover", "source bookings");
      await press("Escape");
      const rule = after(document, "seat: al");
      await select(document, new vscode.Range(rule, rule));
      await ask("editor.action.showHover");
      await see(".monaco-hover", "kinds of requests");
      await press("Escape");
    },
  ],
  [
    "a definition is found in another file, and in the standard vocabulary, which tells more in turn",
    async () => {
      const { document } = await open("on-board.scruple");
      const source = after(document, "disclose book");
      await select(document, new vscode.Range(source, source));
      await ask("editor.action.revealDefinition");
      await until(() => vscode.window.activeTextEditor?.document.uri.path.endsWith("data.scruple"));
      const purpose = after(document, "purposes customer_c");
      const [first] = await ask("vscode.executeDefinitionProvider", document.uri, purpose);
      const library = first.targetUri ?? first.uri;
      assert.equal(library.scheme, "scruple");
      const text = await vscode.workspace.openTextDocument(library);
      assert.match(text.getText(), /purpose customer_care/);
      const hovers = await ask("vscode.executeHoverProvider", library, after(text, "purpose customer_c"));
      assert.match(hovers.flatMap(({ contents }) => contents.map(({ value }) => value)).join(), /Within it/);
    },
  ],
  [
    "a rename reaches every file",
    async () => {
      const { document } = await open("on-board.scruple");
      const place = after(document, "disclose book");
      const edit = await ask("vscode.executeDocumentRenameProvider", document.uri, place, "journeys");
      assert.ok(edit.size >= 4);
      assert.ok(await vscode.workspace.applyEdit(edit));
      const data = await vscode.workspace.openTextDocument(uriOf("data.scruple"));
      assert.match(data.getText(), /source journeys/);
      await until(() => errorsIn(document).length === 0);
      // `saveAll` would leave out those that no tab has been opened for yet.
      for (const edited of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) await edited.save();
      assert.deepEqual(
        vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty),
        [],
      );
    },
  ],
  [
    "formatting lays a file out",
    async () => {
      const { document } = await open("on-board.scruple");
      const before = document.getText();
      await replace(document, "  purposes customer_care\n", "purposes     customer_care\n");
      await ask("editor.action.formatDocument");
      await until(() => document.getText() === before);
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
      await click(".statusbar-item a", "1 of 6 promises broken");
      await see(".markers-panel .monaco-list-row", "can be broken");
      await picture("broken-promise");
      await replace(document, "never use any for service_message", "never use religion for marketing");
      await see(".statusbar-item", "6 promises kept");
      await ask("workbench.action.closePanel");
    },
  ],
];
