import { describeFileError, isFileError } from "@scruple/project";
import { CommanderError } from "commander";
import { CallError, Exit, type ExitCode } from "./exit.ts";
import type { Io } from "./io.ts";
import { type Commands, commandLine } from "./program.ts";
import { callFault } from "./terminal/call-fault.ts";
import { Console } from "./terminal/console.ts";
import { version } from "./version.ts";

/**
 * Runs the `scruple` command.
 *
 * @param argv what follows the command's name
 * @returns the exit code; the caller sets it, so that streams can still drain
 */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  const console = new Console(io, { pretty: !asksForOtherFormat(argv) });
  const stopListening = console.listen();
  try {
    const code = await run(argv, console, io);
    await console.finish();
    return code;
  } catch (error) {
    return explain(error, argv, console, io);
  } finally {
    stopListening();
  }
}

async function run(argv: readonly string[], console: Console, io: Io): Promise<ExitCode> {
  let code: ExitCode = Exit.ok;
  const program = commandLine(commandsOf(console, io), (result) => {
    code = result;
  });
  for (const command of [program, ...program.commands, ...program.commands.flatMap((group) => group.commands)]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => console.print(text),
      writeErr: (text) => console.noteRaw(text),
      outputError: (text) => console.noteError(callFault(text.replace(/^error: /, "").trimEnd())),
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
    });
  }
  try {
    const known = ["help", ...program.commands.map((command) => command.name())];
    await program.parseAsync(withoutHelpOnNothing(argv, known), { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? Exit.ok : Exit.call;
  }
  return code;
}

/** Help on a command that does not exist is taken for a call of it: the general help would hide the misspelling. */
function withoutHelpOnNothing(argv: readonly string[], known: readonly string[]): readonly string[] {
  // No option that stands before a command takes a value.
  const rest = argv.filter((argument) => !["-h", "--help"].includes(argument));
  const [first, second] = rest;
  if (first === undefined || first.startsWith("-")) return argv;
  if (!known.includes(first)) return rest;
  return first === "help" && second !== undefined && !known.includes(second) ? rest.slice(1) : argv;
}

/** Each command is loaded when it is called: `--version` should not wait for the compiler. */
function commandsOf(console: Console, io: Io): Commands {
  return {
    init: async (folder) => (await import("./commands/init.ts")).init(folder, console, io),
    check: async (paths, options) => (await import("./commands/check.ts")).check(paths, options, console, io),
    build: async (paths, options) => (await import("./commands/build.ts")).build(paths, options, console, io),
    test: async (paths, options) => (await import("./commands/test.ts")).test(paths, options, console, io),
    format: async (paths, options) => (await import("./commands/format.ts")).format(paths, options, console, io),
    decide: async (flags, policy) => (await import("./commands/decide.ts")).decide(flags, policy, console, io),
    explain: async (flags, call) => (await import("./commands/explain.ts")).explain(flags, call, console, io),
    diff: async (base, head, options) => (await import("./commands/diff.ts")).diff(base, head, options, console, io),
    prove: async (paths, { format }) => (await import("./commands/prove.ts")).prove(paths, format, console, io),
    sign: async (model, options) => (await import("./commands/sign.ts")).sign(model, options, console, io),
    verify: async (signed, options) => (await import("./commands/verify.ts")).verify(signed, options, console, io),
    auditVerify: async (trail, options) =>
      (await import("./commands/audit-verify.ts")).auditVerify(trail, options, console, io),
    auditShow: async (trail, options) =>
      (await import("./commands/audit-show.ts")).auditShow(trail, options, console, io),
    lsp: async () => (await import("./commands/lsp.ts")).lsp(),
    rules: async (which) => (await import("./commands/rules.ts")).rules(which, console),
  };
}

function asksForOtherFormat(argv: readonly string[]): boolean {
  return argv.some((argument, index) =>
    argument === "--format" ? argv[index + 1] !== "pretty" : /^--format=(?!pretty$)/.test(argument),
  );
}

function explain(error: unknown, argv: readonly string[], console: Console, io: Io): ExitCode {
  if (error instanceof CallError) {
    console.noteError(error.message);
    if (error.hint !== "") console.note(error.hint);
    return Exit.call;
  }
  if (isFileError(error)) {
    console.noteError(`The system refused to \`${error.syscall}\`: ${describeFileError(error)}.`);
    return Exit.call;
  }
  console.note(bugReport(error, argv[0] ?? "", io.env));
  return Exit.bug;
}

/** What somebody can report: the kind of error, but nothing of a policy or of a request. */
export function bugReport(error: unknown, command: string, env: Io["env"]): string {
  const kind = error instanceof Error ? error.name : typeof error;
  const detail = env.SCRUPLE_DEBUG
    ? `\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
    : "";
  const asked = /^[a-z]+$/.test(command) ? ` in \`scruple ${command}\`` : "";
  return (
    [
      "Sorry, this is a mistake in Scruple, not in your policy.",
      `Please report it with this line: ${kind}${asked}, scruple ${version}, node ${process.version}, ${process.platform}.`,
      ...(detail === "" ? ["With SCRUPLE_DEBUG=1 it says where it happened."] : []),
    ].join("\n") + detail
  );
}
