/** What scruple.json may say: for whoever reads one, be it where there is no Node. */
export { type CheckedConfig, checkConfig } from "./check-config.ts";
export { entriesSeen, nameOf, namesSeen, withoutLineEnds } from "./names-seen.ts";
export { completed, type Settings } from "./settings.ts";
