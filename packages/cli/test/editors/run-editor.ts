import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("../../bin/scruple.js", import.meta.url));

/** Milliseconds after which an editor counts as hanging. */
const limit = 120_000;

export interface EditorRun {
  readonly program: string;
  readonly arguments: readonly string[];
  /** What the home folder holds, by path: the editor's settings. */
  readonly home: Readonly<Record<string, string>>;
  /** The project, by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** What became of it all. */
export interface EditorOutcome {
  /** What the editor wrote to the file that `REPORT` names: JSON. */
  readonly report: Readonly<Record<string, unknown>>;
  /** Whether a language server was started and has ended. */
  readonly hasServerEnded: boolean;
  /** The project's file as it is now. */
  readonly read: (path: string) => string;
}

/** Runs an editor to its end: in a project, with a home folder of its own, and with `scruple` on the path. */
export function runEditor({ program, arguments: args, home, files }: EditorRun): EditorOutcome {
  const place = realpathSync(mkdtempSync(join(tmpdir(), "scruple-editor-")));
  try {
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(place, path)), { recursive: true });
      writeFileSync(join(place, path), text);
    };
    for (const [path, text] of Object.entries(home)) write(join("home", path), text);
    for (const [path, text] of Object.entries(files)) write(join("project", path), text);
    mkdirSync(join(place, "project/.git"), { recursive: true });
    // The number of its process, and then that process is the server's.
    write("bin/scruple", `#!/bin/sh\necho $$ >> "${place}/servers"\nexec "${process.execPath}" "${command}" "$@"\n`);
    chmodSync(join(place, "bin/scruple"), 0o755);
    const { PATH, TERM = "dumb", LANG = "C.UTF-8" } = process.env;
    const { status, stderr, error } = spawnSync(program, args, {
      cwd: join(place, "project"),
      env: {
        PATH: `${join(place, "bin")}${delimiter}${PATH}`,
        HOME: join(place, "home"),
        REPORT: join(place, "report"),
        ...{ TERM, LANG },
      },
      timeout: limit,
      encoding: "utf8",
    });
    if (error !== undefined) throw error;
    if (status !== 0 || !existsSync(join(place, "report")))
      throw new Error(`\`${program}\` ended with ${status} and without a report. ${stderr}`);
    const texts = new Map(
      Object.keys(files).map((path) => [path, readFileSync(join(place, "project", path), "utf8")] as const),
    );
    return {
      report: JSON.parse(readFileSync(join(place, "report"), "utf8")),
      hasServerEnded: haveEnded(readFileSync(join(place, "servers"), "utf8").trim().split("\n").map(Number)),
      read: (path) => texts.get(path) ?? "",
    };
  } finally {
    rmSync(place, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** Whether processes end within ten seconds. */
function haveEnded(processes: readonly number[]): boolean {
  const wait = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 0; tries < 100; tries++) {
    if (!processes.some(isRunning)) return true;
    Atomics.wait(wait, 0, 0, 100);
  }
  return false;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
