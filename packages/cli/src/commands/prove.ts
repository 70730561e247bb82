import { prove as provePromises } from "@scruple/analysis";
import { blockingErrors, policiesIn } from "@scruple/project";
import { Exit, type ExitCode } from "../exit.ts";
import type { Io } from "../io.ts";
import { loadProgram } from "../project/load-program.ts";
import { type Proof, proofsJson } from "../prove/proof.ts";
import { proofsPretty } from "../prove/proofs-pretty.ts";
import { errorsFirst } from "../report/errors-first.ts";
import { shownPath } from "../report/report-pretty.ts";
import { plural } from "../report/summary.ts";
import type { PlainFormat } from "../terminal/choices.ts";
import type { Console } from "../terminal/console.ts";
import { line, styled } from "../terminal/line.ts";

/** `scruple prove`: the promises that bind the policies in the chosen files, proved or refuted for every request. */
export async function prove(
  paths: readonly string[],
  format: PlainFormat,
  console: Console,
  io: Io,
): Promise<ExitCode> {
  const loaded = await loadProgram(io, paths);
  const { project, program, chosen } = loaded;
  const policies = policiesIn(program, chosen);
  // A broken promise is an error too, but none that leaves nothing to prove.
  const blocked = await blockingErrors(program, policies);
  const models = policies.flatMap(({ name }) => program.model(name) ?? []);
  if (blocked !== null && models.length < policies.length) {
    const prevented = { format, command: "scruple prove", outcome: "Nothing can be proved", nothing: { promises: [] } };
    return errorsFirst(loaded, blocked, prevented, console, io);
  }
  const proofs = models.flatMap((model) =>
    model.interactions.length === 0
      ? []
      : provePromises(model).map(
          (result): Proof => ({ policy: model.policy, file: model.files[result.line.at.file] ?? "", result }),
        ),
  );
  if (format === "json") console.print(proofsJson(proofs));
  else console.printLines(proofsPretty(proofs, (file) => shownPath(project.root, file, io.cwd)));
  return verdict(proofs, console);
}

function verdict(proofs: readonly Proof[], console: Console): ExitCode {
  const count = (wanted: Proof["result"]["status"]) => proofs.filter(({ result }) => result.status === wanted).length;
  if (proofs.length === 0) {
    console.note("No policy that decides anything promises anything.");
    return Exit.ok;
  }
  const [refuted, undecided] = [count("refuted"), count("undecided")];
  const isKept = refuted + undecided === 0;
  const mark = isKept ? styled("green", "✓") : styled("red", "✗");
  const open = undecided === 0 ? "" : `, ${undecided} too large to decide`;
  const words = isKept ? "all proved" : `${count("proved")} proved, ${refuted} refuted${open}`;
  console.note(line`${mark} ${plural(proofs.length, "line")} of promises, ${words}`);
  return isKept ? Exit.ok : Exit.policy;
}
