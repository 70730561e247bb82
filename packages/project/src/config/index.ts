/** What scruple.json may say: for whoever reads one, be it where there is no Node. */
export { type CheckedConfig, checkConfig } from "./check-config.ts";
export { completed, type Settings } from "./settings.ts";
