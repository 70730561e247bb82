/** The tests that policies hold. */
const { ask, click, open, picture, rangeOf, replace, see, select } = require("./editor.cjs");

module.exports = [
  [
    "a test is run from its lens, which also says why",
    async () => {
      await open("tests.scruple");
      await see(".codelens-decoration a", "Run");
      await ask("workbench.view.testing.focus");
      await click(".codelens-decoration a", "Run");
      await see(".result-summary", "1/1");
      await click(".codelens-decoration a", "Why");
      await see("body", "It comes to allow");
      await ask("workbench.action.closeEditorsInOtherGroups");
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
      await ask("workbench.action.closePanel");
      await select(document, rangeOf(document, "expect allow use complaints.complaint"));
      // What came otherwise stands behind the line that expected it.
      await see(".test-error-content-widget", "Expected allow, but it came to deny.");
      await picture("tests", { x: 0, y: 36, width: 1200, height: 692 });
      await replace(document, "expect allow use complaints.complaint", "expect deny use complaints.complaint");
      await ask("testing.coverageAll");
      await see(".result-summary", "18/18");
      // Rules, branches and cells of each file, as a screen reader is told of them.
      await see(".test-coverage-bars", "%");
      await open("on-board.scruple");
      await picture("coverage");
      await ask("testing.coverage.close");
      await ask("workbench.action.closePanel");
    },
  ],
];
