import type { DecisionMatrix, FileReached, TestRun } from "@scruple/service";
import type { BaseLanguageClient, CancellationToken, LSPErrorCodes, Range } from "vscode-languageclient";
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
  token?: CancellationToken,
): Promise<Requests[Method][1]> {
  return client.sendRequest(method, params, token);
}

/** What policies are asked of that are typed in meanwhile is answered so. */
const contentModified = -32801 satisfies typeof LSPErrorCodes.ContentModified;

/** Whether there is no answer because the policies have changed since they were asked about. */
export function isOvertaken(error: unknown): boolean {
  return (error as { readonly code?: unknown } | null)?.code === contentModified;
}
