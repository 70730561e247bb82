/** Runs after `npm test`: names the suites that need more than Node, and what of that this machine lacks. */
import { findCommand } from "./find-command.mjs";

/** By npm script: what it tries, and the commands that it needs, each by any of its names. */
const suites = {
  "test:stores": ["stores on real servers", [["redis-server", "valkey-server"], ["postgres"]]],
  "test:guards": ["guards in three versions of Node, a worker, a browser and bundles", [["chromium"]]],
  "test:applications": ["the example applications in a browser", [["chromium"]]],
  "test:editors": ["the language server in Emacs and Neovim", [["emacs"], ["nvim"]]],
  "test:vscode": ["the extension in a real VS Code, which it installs, and in a browser", []],
};

console.log("\nLeft out of `npm test`, since they need more than Node; `.ci/run` runs them all:");
for (const [script, [what, needed]] of Object.entries(suites)) {
  const missing = needed.filter((names) => findCommand(...names) === undefined).map(([name]) => name);
  const lack = missing.length === 0 ? "" : ` (not installed here: ${missing.join(", ")})`;
  console.log(`  npm run ${script.padEnd(18)} ${what}${lack}`);
}
