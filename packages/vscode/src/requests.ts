import type { DecisionMatrix, FileReached, TestRun } from "@scruple/service";
import type { BaseLanguageClient, Range } from "vscode-languageclient";
import type { Status } from "./promise-words.ts";

/** The tests that a file declares. */
export interface TestsOfFile {
  readonly uri: string;
  readonly tests: readonly { readonly name: string; readonly range: Range }[];
}

type Document = { readonly textDocument: { readonly uri: string } };
type Place = Document & { readonly position: { readonly line: number; readonly character: number } };

/** What the server answers beyond the protocol: of each request its parameters and its answer. */
interface Requests {
  "scruple/status": [Record<string, never>, Status];
  "scruple/tests": [Record<string, never>, readonly TestsOfFile[]];
  "scruple/runTests": [Document & { readonly name?: string }, readonly TestRun[]];
  "scruple/coverage": [Document, FileReached];
  "scruple/matrix": [
    Place & { readonly by?: DecisionMatrix["by"]; readonly operation?: DecisionMatrix["operation"] },
    DecisionMatrix | null,
  ];
  "scruple/explain": [Document & { readonly request: unknown }, string];
}

export function ask<Method extends keyof Requests>(
  client: BaseLanguageClient,
  method: Method,
  params: Requests[Method][0],
): Promise<Requests[Method][1]> {
  return client.sendRequest(method, params);
}
