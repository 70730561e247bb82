import * as service from "@scruple/service";
import { commands } from "@scruple/service/traits";
import type { CancellationToken, ExecuteCommandParams } from "vscode-languageserver";
import type { Session } from "../session.ts";
import { RequestFailed } from "./request-failed.ts";
import { workedOutOf } from "./worked-out-of.ts";

/** Runs tests, or says why a test came out as it did. What an editor does not show itself is shown as a message. */
export async function executeCommand(
  session: Session,
  { command, arguments: given = [] }: ExecuteCommandParams,
  token: CancellationToken,
): Promise<unknown> {
  const [uri, name] = given;
  if (typeof uri !== "string" || (name !== undefined && typeof name !== "string"))
    throw new RequestFailed(`\`${command}\` takes the URI of a file and the name of a test.`);
  const snapshot = session.snapshot(uri);
  if (snapshot === null) throw new RequestFailed("There is no such policy file.");
  const { program, file, addresses } = snapshot;
  const asking = { session, uri, token, byHand: true };
  if (command === commands.runTests) {
    const only = { path: file.path, ...(name === undefined ? {} : { name }) };
    const runs = await workedOutOf(snapshot, service.runProgramTests(program, addresses, only), asking);
    if (runs === null) return null;
    session.show(
      summary(
        runs,
        program.policies.some(({ hasErrors }) => hasErrors),
      ),
      runs.every(({ passed }) => passed),
    );
    return runs;
  }
  if (command === commands.explainTest && name !== undefined)
    return workedOutOf(snapshot, service.explainTest(program, file.path, name), asking);
  throw new RequestFailed(`There is no command \`${command}\`.`);
}

function summary(runs: readonly service.TestRun[], hasErrors: boolean): string {
  if (runs.length === 0) return hasErrors ? "No test was run: the errors come first." : "There is no test to be run.";
  const failed = runs.filter(({ passed }) => !passed);
  const [first] = failed;
  if (first === undefined) return runs.length === 1 ? `✓ ${runs[0]!.name}` : `✓ ${runs.length} tests passed.`;
  const why = first.cases.flatMap(({ differences }) => differences)[0] ?? "";
  return `✗ ${first.name}: ${why}${failed.length > 1 ? ` And ${failed.length - 1} more failed.` : ""}`;
}
