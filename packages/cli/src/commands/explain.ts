import { explain as explainRequest } from "@scruple/analysis";
import { hasRequest, type RequestFlags, requestFromFlags } from "../decide/request-from-flags.ts";
import { CallError, Exit, type ExitCode } from "../exit.ts";
import { explanationJson } from "../explain/explanation-json.ts";
import { explanationPretty } from "../explain/explanation-pretty.ts";
import { readOneRequest } from "../explain/read-request.ts";
import type { Io } from "../io.ts";
import { shownPath } from "../report/report-pretty.ts";
import type { PlainFormat } from "../terminal/choices.ts";
import type { Console } from "../terminal/console.ts";
import { decidingModel } from "./deciding-model.ts";

export interface ExplainCall {
  readonly policy: string | null;
  readonly format: PlainFormat;
}

/** `scruple explain`: one request from flags or from standard input, why it is decided so, and what would change it. */
export async function explain(
  flags: RequestFlags,
  { policy, format }: ExplainCall,
  console: Console,
  io: Io,
): Promise<ExitCode> {
  if (!hasRequest(flags) && io.stdin.isTTY) {
    throw new CallError(
      "There is no request: neither flags nor standard input hold one.",
      "`scruple explain --help` shows how to ask.",
    );
  }
  const deciding = await decidingModel(policy, console, io);
  if (deciding === null) return Exit.policy;
  const { model, project } = deciding;
  const raw = hasRequest(flags)
    ? requestFromFlags(flags, model, (message) => console.note(message))
    : await readOneRequest(io);
  const explanation = explainRequest(model, raw);
  if (format === "json") console.print(explanationJson(explanation, model));
  else {
    const view = {
      model,
      raw: raw as Record<string, unknown>,
      shownPath: (file: string) => (file.startsWith("std/") ? file : shownPath(project.root, file, io.cwd)),
    };
    console.printLines(explanationPretty(explanation, view));
  }
  return explanation.decision.errors.length > 0 ? Exit.policy : Exit.ok;
}
