/** The decision matrix: what it shows, to whom, and in which colours. */
const assert = require("node:assert/strict");
const vscode = require("vscode");
const { after, ask, click, contrast, focused, hear, open, picture, press, see, select, sleep } =
  require("./editor.cjs");

/** Each theme that VS Code comes with in one of its four kinds, and the class that the window has then. */
const themes = [
  ["light", "Default Light Modern", ".vs"],
  ["dark", "Default Dark Modern", ".vs-dark"],
  ["high-contrast", "Default High Contrast", ".hc-black"],
  ["high-contrast-light", "Default High Contrast Light", ".hc-light"],
];

async function cursorIn(document, interaction) {
  const at = after(document, `interaction ${interaction}`);
  await select(document, new vscode.Range(at, at));
}

/** The matrix of the first interaction, beside its policy. */
async function openMatrix() {
  const { document } = await open("on-board.scruple");
  await cursorIn(document, "boarding_greeting");
  await ask("scruple.openMatrix");
  await see("caption", "use in boarding_greeting");
  return document;
}

module.exports = [
  [
    "the matrix shows the interaction at the cursor, and a cell says why",
    async () => {
      await ask("workbench.action.closeSidebar");
      const document = await openMatrix();
      await click("tr:has-text('seat_preference') [role=gridcell]", "✓");
      await see("#why", "boarding_greeting.seat");
      await picture("matrix", { x: 52, y: 36, width: 1148, height: 560 });
      await cursorIn(document, "cabin_service");
      await see("caption", "use in cabin_service");
    },
  ],
  [
    "the matrix is used by the keyboard alone",
    async () => {
      await openMatrix();
      await ask("workbench.action.focusSecondEditorGroup");
      for (let tabs = 0; (await focused()).role !== "gridcell"; tabs++) {
        assert.ok(tabs < 8, "Tab leads to the grid");
        await press("Tab");
        await sleep(100);
      }
      const first = await focused();
      await press("ArrowDown");
      await press("ArrowRight");
      const next = await focused();
      assert.notEqual(next.name, first.name);
      await press("Enter");
      await see("#why", "It comes to");
      await press("Control+Home");
      assert.equal((await focused()).name, first.name);
      // One more Tab leaves the grid: it is one stop.
      await press("Tab");
      assert.notEqual((await focused()).role, "gridcell");
    },
  ],
  [
    "the matrix says all that it shows to a screen reader",
    async () => {
      await openMatrix();
      await hear("grid", "use in boarding_greeting");
      await hear("combobox", "What is done");
      await hear("combobox", "Columns");
      await hear("columnheader", "in_person");
      await hear("rowheader", "journeys.seat_preference");
      await hear("gridcell", "journeys.seat_preference, in_person: always allowed");
      await hear("gridcell", "image_search.photo, in_person: denied");
      // What is said about a cell is read aloud as it comes.
      await click("tr:has-text('seat_preference') [role=gridcell]", "✓");
      await hear("region", "Why");
    },
  ],
  ...themes.map(([name, theme, kind]) => [
    `the matrix can be read in a ${name} theme`,
    async () => {
      const settings = vscode.workspace.getConfiguration("workbench");
      await settings.update("colorTheme", theme, vscode.ConfigurationTarget.Global);
      await see(`.monaco-workbench${kind}`, "");
      await openMatrix();
      // Colours come over to the page of the matrix a moment later.
      await sleep(500);
      const least = await contrast();
      console.log(`· least contrast in ${name}: ${least.toFixed(1)}`);
      assert.ok(least >= 4.5, `${least}`);
      await picture(`matrix-${name}`);
    },
  ]),
  [
    "the matrix is closed like any editor",
    async () => {
      const settings = vscode.workspace.getConfiguration("workbench");
      await settings.update("colorTheme", undefined, vscode.ConfigurationTarget.Global);
      await ask("workbench.action.closeEditorsInOtherGroups");
    },
  ],
];
