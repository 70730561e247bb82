import { Exit } from "./exit.ts";
import { bugReport, main } from "./main.ts";
import { standardInput } from "./terminal/standard-input.ts";
import { tuneEngine } from "./tune-engine.ts";

tuneEngine();

const argv = process.argv.slice(2);
const stop = new AbortController();

// A reader that goes away is dealt with while the command runs; what comes after it is of no interest to anybody.
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});

process.on("uncaughtException", (error) => {
  process.stderr.write(`${bugReport(error, argv[0] ?? "", process.env)}\n`, () => process.exit(Exit.bug));
});

// Watching ends with the first Ctrl+C, in order; everything else just dies of it, as a pipeline expects.
if (argv.includes("--watch")) {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
}

const cwd = workingDirectory();
if (cwd === null) {
  process.stderr.write(
    "error: The working directory is not there any more. Change to one that is: `cd ~`, for example.\n",
  );
  process.exit(Exit.call);
}

process.exitCode = await main(argv, {
  cwd,
  env: process.env,
  get stdin() {
    return standardInput();
  },
  stdout: process.stdout,
  stderr: process.stderr,
  signal: stop.signal,
});

/** Null where it was removed, which the system tells in no other way. */
function workingDirectory(): string | null {
  try {
    return process.cwd();
  } catch {
    return null;
  }
}
