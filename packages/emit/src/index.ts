export { type EmitOptions, type EmittedJavaScript, emitJavaScript } from "./javascript/emit-javascript.ts";
export { instantiate } from "./javascript/instantiate.ts";
export { interpret } from "./javascript/interpret.ts";
export { type EmittedJson, emitJson } from "./json/emit-json.ts";
export { originIn } from "./origin.ts";
