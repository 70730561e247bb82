import type * as lsp from "vscode-languageserver";
import { version } from "../version.ts";
import { capabilitiesFor, traitsOf } from "./capabilities.ts";

/** What `initialize` is answered: a constant but for what the client can do, so that nothing need be loaded for it. */
export function answerToInitialize({ capabilities }: lsp.InitializeParams): lsp.InitializeResult {
  return { capabilities: capabilitiesFor(traitsOf(capabilities)), serverInfo: { name: "scruple", version } };
}
