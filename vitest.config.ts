import { defineConfig } from "vitest/config";

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
    // Left to itself, vitest leaves a core idle.
    maxWorkers: "100%",
  },
});
