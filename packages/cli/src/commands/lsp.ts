import type { ExitCode } from "../exit.ts";

/**
 * `scruple lsp`: serves an editor over the standard streams until it goes away. The server ends the process as the protocol asks,
 * so there is no answer.
 */
export async function lsp(): Promise<ExitCode> {
  const { answerOnStreams } = await import("@scruple/server/early");
  const early = answerOnStreams();
  const { serveProcess } = await import("@scruple/server/node");
  serveProcess("streams", early);
  return new Promise(() => {});
}
