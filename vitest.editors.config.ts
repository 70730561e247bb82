import { defineConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** `npm run test:editors`: editors that run with the settings which docs/editors.md shows. */
export default defineConfig({ ...base, test: { ...base.test, include: ["packages/cli/test/editors/**/*.test.ts"] } });
