export { attribute } from "./attributes.ts";
export { telemetry } from "./telemetry.ts";
