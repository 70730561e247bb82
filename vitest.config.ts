import { defineConfig } from "vitest/config";

export default defineConfig({
  // Packages are tested from their sources: no build stands between an edit and its test.
  resolve: { conditions: ["source", "module", "node", "development|production"] },
  ssr: { resolve: { conditions: ["source", "node", "module-sync", "development|production"] } },
  test: {
    include: ["packages/*/src/**/*.test.ts", "grammar/**/*.test.ts", "examples/*.test.ts", "scripts/**/*.test.ts"],
    setupFiles: ["scripts/vitest-setup.ts"],
    testTimeout: 60_000,
  },
});
