import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** A fresh clone knows nothing of how long files take, and whatever takes longest must not be begun last. */
const longest = /\/(one-meaning|properties|every-request|findings-z3|compile\.property|half-written)\.test\.ts$/;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => longest.test(moduleId);
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  // Packages are tested from their sources: no build stands between an edit and its test.
  resolve: { conditions: ["source", "module", "node", "development|production"] },
  ssr: { resolve: { conditions: ["source", "node", "module-sync", "development|production"] } },
  test: {
    include: ["packages/*/src/**/*.test.ts", "grammar/**/*.test.ts", "examples/*.test.ts", "scripts/**/*.test.ts"],
    setupFiles: ["scripts/vitest-setup.ts"],
    // Against hanging alone: a busy machine may be ten times as slow.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Files share what a worker has loaded: loading the compiler a hundred times costs more than most tests. No test
    // changes globals or mocks modules, which is what isolation would undo.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Most code runs for seconds. At V8's own settings, to optimise it takes a third of what all tests take.
    execArgv: [
      "--max-inlined-bytecode-size-cumulative=100",
      // Later versions count calls instead.
      ...(process.version.startsWith("v20.") ? ["--interrupt-budget=600000"] : []),
      "--wasm-tiering-budget=20000000",
    ],
    // Left to itself, vitest leaves a core idle.
    maxWorkers: "100%",
  },
});
