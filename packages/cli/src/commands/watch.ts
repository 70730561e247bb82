import { existsSync } from "node:fs";
import { basename, dirname, relative, sep } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { configFileName, findProject, nearestConfig, outFolder, type Project, searchedFolders } from "@scruple/project";
import type { FSWatcher } from "chokidar";
import { CallError, Exit, type ExitCode } from "../exit.ts";
import type { Io } from "../io.ts";
import type { Console } from "../terminal/console.ts";
import { styled } from "../terminal/line.ts";

/** Editors save in several steps; changes that come closer together than that, in milliseconds, are one. */
const settle = 60;

/** How often, in milliseconds, the nearest scruple.json is looked for: the folders above may be any, and are not watched. */
const lookUp = 500;

/**
 * Runs a command now and after each change of a policy or the configuration, until the caller ends it.
 *
 * What is at fault in the call (a file that has just been removed, a half-written scruple.json) is shown and waited out.
 */
export async function watch(run: () => Promise<ExitCode>, console: Console, io: Io): Promise<ExitCode> {
  let wake = () => {};
  let changed = true;
  const notice = () => {
    changed = true;
    wake();
  };
  io.signal?.addEventListener("abort", () => wake(), { once: true });
  let places = placesOf(await findProject(io.cwd));
  let watcher = await open(places, notice, io.signal);
  let nearest = places.config;
  const looking = setInterval(() => {
    if (nearestConfig(io.cwd) !== nearest) notice();
  }, lookUp);
  /** Watches where the configuration leads by now, before that is read; and the one that cannot be, until it can. */
  const follow = async (): Promise<void> => {
    nearest = nearestConfig(io.cwd);
    if (nearest === null && places.config !== null) throw gone(relative(io.cwd, places.config));
    const project = findProject(io.cwd);
    const now = await project.then(placesOf, () => ({ ...places, broken: nearest }));
    if (!isDeepStrictEqual(now, places)) {
      await watcher.close();
      places = now;
      watcher = await open(places, notice, io.signal);
      // It may have been mended since.
      if (now.broken !== null) return follow();
    }
    await project;
  };
  try {
    while (io.signal?.aborted !== true && !console.closed) {
      if (!changed) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      await new Promise((resolve) => setTimeout(resolve, settle));
      changed = false;
      await tolerant(() => follow().then(run), console);
      console.note(styled("dim", "Watching for changes; stop with Ctrl+C."));
    }
  } finally {
    clearInterval(looking);
    await watcher.close();
  }
  return Exit.ok;
}

/** A version control system may be about to put it back, and a build by defaults would go to another place. */
function gone(config: string): CallError {
  return new CallError(
    `\`${config}\` is gone, and without it the project would be another.`,
    "Put it back; or stop, and start again without it.",
  );
}

interface Places {
  /** Null where there is none. */
  readonly config: string | null;
  /** A scruple.json that cannot be read, and may be about another project; null where there is none. */
  readonly broken: string | null;
  readonly folders: readonly string[];
  /** What a build writes there is no change. */
  readonly built: string;
}

function placesOf(project: Project): Places {
  return { config: project.configFile, broken: null, folders: searchedFolders(project), built: outFolder(project) };
}

/** Tells of changes from when it has looked at everything, and at the way to what is not there yet. */
async function open(
  { folders: known, built, broken }: Places,
  notice: () => void,
  signal?: AbortSignal,
): Promise<FSWatcher> {
  const { watch: open } = await import("chokidar");
  const folders = broken === null ? known : [...known, broken];
  const leadsThere = (path: string) => folders.some((folder) => folder === path || isInside(path, folder));
  const isOfNone = (path: string) => !folders.some((folder) => isInside(folder, path));
  const watcher = open([...new Set(folders.map(standing))], {
    ignoreInitial: true,
    ignored: (path, stats) =>
      !leadsThere(path) &&
      (path === built ||
        isOfNone(path) ||
        basename(path) === "node_modules" ||
        basename(path).startsWith(".") ||
        (stats?.isFile() === true && !path.endsWith(".scruple") && basename(path) !== configFileName)),
  });
  watcher.on("all", notice);
  await new Promise<void>((resolve) => {
    watcher.once("ready", () => resolve());
    signal?.addEventListener("abort", () => resolve(), { once: true });
  });
  return watcher;
}

/** A folder, or as much of the way to it as is there. Of one that is not, chokidar says that it watches before it does. */
function standing(folder: string): string {
  return existsSync(folder) ? folder : standing(dirname(folder));
}

function isInside(folder: string, path: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
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
