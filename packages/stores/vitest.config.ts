import { defineConfig } from "vitest/config";
import base from "../../vitest.config.ts";

/** Suites that need servers, by `npm run test:stores`. */
export default defineConfig({ ...base, test: { ...base.test, include: ["packages/stores/test/**/*.test.ts"] } });
