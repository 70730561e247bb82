import { pathToFileURL } from "node:url";

/** The guard as `scruple build` writes it, imported as an application does. */
export async function loadScruple(path) {
  return fromGuard(await import(pathToFileURL(path).href));
}

/** @param {{ decide: (request: unknown) => { decision: "allow" | "deny", rules: readonly string[] } }} guard */
export function fromGuard({ decide }) {
  return { decide: (request) => decide(request).decision, full: decide };
}
