export { instantiate } from "./javascript/instantiate.ts";
