export { scruple } from "./plugin.ts";
