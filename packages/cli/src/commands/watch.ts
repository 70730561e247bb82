import { basename, resolve } from "node:path";
import { configFileName, findProject, outFolder, type Project } from "@scruple/project";
import type { FSWatcher } from "chokidar";
import { CallError, Exit, type ExitCode } from "../exit.ts";
import type { Io } from "../io.ts";
import type { Console } from "../terminal/console.ts";

/** Editors save in several steps; changes that come closer together than that, in milliseconds, are one. */
const settle = 60;

/**
 * Runs a command now and after each change of a policy or the configuration, until the caller ends it.
 *
 * What is at fault in the call (a file that has just been removed, a half-written scruple.json) is shown and waited out.
 */
export async function watch(run: () => Promise<ExitCode>, console: Console, io: Io): Promise<ExitCode> {
  const project = await findProject(io.cwd);
  const { watch: open } = await import("chokidar");
  const built = outFolder(project);
  const folders = [project.root, ...foldersAbove(project)];
  const watcher = open(folders, {
    ignoreInitial: true,
    ignored: (path, stats) =>
      !folders.includes(path) &&
      (path === built ||
        basename(path) === "node_modules" ||
        basename(path).startsWith(".") ||
        (stats?.isFile() === true && !path.endsWith(".scruple") && basename(path) !== configFileName)),
  });
  try {
    await ready(watcher, io.signal);
    await runAgainAndAgain(watcher, run, console, io.signal);
  } finally {
    await watcher.close();
  }
  return Exit.ok;
}

/** Folders outside the project that its globs reach into. */
function foldersAbove({ root, include }: Project): string[] {
  return include
    .filter((pattern) => pattern.startsWith("../"))
    .map((pattern) => {
      const parts = pattern.split("/");
      const first = parts.findIndex((part) => /[*?[\]{}()!]/.test(part));
      return resolve(root, ...parts.slice(0, first < 0 ? -1 : first));
    });
}

async function ready(watcher: FSWatcher, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    watcher.once("ready", () => resolve());
    signal?.addEventListener("abort", () => resolve(), { once: true });
  });
}

async function runAgainAndAgain(
  watcher: FSWatcher,
  run: () => Promise<ExitCode>,
  console: Console,
  signal: AbortSignal | undefined,
): Promise<void> {
  let wake = () => {};
  let changed = true;
  watcher.on("all", () => {
    changed = true;
    wake();
  });
  signal?.addEventListener("abort", () => wake(), { once: true });
  while (signal?.aborted !== true && !console.closed) {
    if (!changed) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      continue;
    }
    await new Promise((resolve) => setTimeout(resolve, settle));
    changed = false;
    await tolerant(run, console);
    console.note(console.paintNote("dim", "Watching for changes; stop with Ctrl+C."));
  }
}

async function tolerant(run: () => Promise<ExitCode>, console: Console): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    console.noteError(error.message);
    if (error.hint !== "") console.note(error.hint);
  }
}
