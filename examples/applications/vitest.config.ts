import { defineConfig } from "vitest/config";

/** The applications as people meet them: started, and opened in a browser. `npm run test:applications` builds them first. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["test/**/*.test.js"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // One browser at a time: what is tried here is what people see, not how many of them there can be.
    fileParallelism: false,
  },
});
