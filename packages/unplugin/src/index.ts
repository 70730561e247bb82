export { type ScrupleOptions, scruple } from "./plugin.ts";
