import { defineConfig, mergeConfig } from "vitest/config";
import tests from "./vitest.config.ts";

/** `npm run test:guards`: guards wherever they may run, which takes other versions of Node and a browser. */
const { include: _tests, ...options } = tests.test ?? {};
export default mergeConfig(
  { ...tests, test: options },
  defineConfig({ test: { include: ["packages/*/src/**/*.suite.ts"] } }),
);
