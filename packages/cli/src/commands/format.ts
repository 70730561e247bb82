import { readFileSync, statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { readPolicyFile } from "@scruple/compiler";
import { nearest } from "@scruple/model";
import { describeFileError, type FileToWrite, findProject, policyPaths, writeFiles } from "@scruple/project";
import { format as layOut } from "@scruple/syntax";
import { CallError, Exit, type ExitCode } from "../exit.ts";
import type { Io } from "../io.ts";
import { plural } from "../report/summary.ts";
import type { Console } from "../terminal/console.ts";
import { readStandardInput } from "../terminal/standard-input.ts";

export interface FormatOptions {
  /** Says which files would change instead of changing them. */
  readonly check: boolean;
}

/** `scruple format`: the canonical layout. A file with syntax errors is left as it is. */
export async function format(
  paths: readonly string[],
  options: FormatOptions,
  console: Console,
  io: Io,
): Promise<ExitCode> {
  if (paths.includes("-")) {
    if (paths.length > 1) throw new CallError("`-` stands for standard input alone; leave out the other paths.");
    return formatStream(options, console, io);
  }
  const changes: FileToWrite[] = [];
  let broken = 0;
  const files = await filesToFormat(paths, io.cwd);
  for (const { path, shown } of files) {
    const bytes = read(path, shown);
    const result = layOutText(bytes);
    if ("problem" in result) {
      broken += 1;
      console.printLines([`${shown}${result.problem.place}`, result.problem.message]);
    } else if (result.text !== bytes.toString("utf8")) {
      changes.push({ path, content: result.text });
      if (options.check) console.printLines([shown]);
    }
  }
  if (!options.check) writeFiles(changes, (path) => show(path, io.cwd));
  console.note(summary(files.length, changes.length, broken, options));
  return broken > 0 || (options.check && changes.length > 0) ? Exit.policy : Exit.ok;
}

async function formatStream(options: FormatOptions, console: Console, io: Io): Promise<ExitCode> {
  const chunks: Buffer[] = [];
  for await (const chunk of readStandardInput(io)) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  const result = layOutText(bytes);
  if ("problem" in result) {
    // An editor puts what it gets in place of what it gave, so it gets its own text back.
    if (!options.check) io.stdout.write(bytes);
    console.note(`-${result.problem.place}`);
    console.note(result.problem.message);
    return Exit.policy;
  }
  if (!options.check) console.print(result.text);
  return options.check && result.text !== bytes.toString("utf8") ? Exit.policy : Exit.ok;
}

function layOutText(
  bytes: Buffer,
): { readonly text: string } | { readonly problem: { readonly place: string; readonly message: string } } {
  const { unit, finding: unreadable } = readPolicyFile({ path: "", text: bytes });
  const finding = unreadable ?? unit.tree.findings[0];
  if (finding === undefined) return { text: layOut(unit.tree) };
  const { line, column } = unit.lines.position(finding.start);
  return { problem: { place: `:${line}:${column} error ${finding.code}`, message: finding.message } };
}

async function filesToFormat(paths: readonly string[], cwd: string): Promise<{ path: string; shown: string }[]> {
  const project = await findProject(cwd);
  const members = (await policyPaths(project)).map((path) => resolve(project.root, path));
  const chosen = new Set<string>();
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const inside = isFolder(absolute, path, cwd, members)
      ? members.filter((member) => member.startsWith(absolute.endsWith(sep) ? absolute : absolute + sep))
      : [absolute];
    if (inside.length === 0) throw new CallError(`The folder \`${path}\` holds no policy of this project.`);
    for (const one of inside) chosen.add(one);
  }
  const files = paths.length === 0 ? members : [...chosen];
  if (files.length === 0) throw new CallError("There is no `.scruple` file to format here.");
  return files.map((path) => ({ path, shown: show(path, cwd) }));
}

function isFolder(absolute: string, path: string, cwd: string, members: readonly string[]): boolean {
  try {
    return statSync(absolute).isDirectory();
  } catch {
    const names = members.map((member) => show(member, cwd));
    throw new CallError(`There is no file or folder \`${path}\`.${nearest(path, names)}`);
  }
}

function read(path: string, shown: string): Buffer {
  try {
    // A pipe has no end while nobody writes to it.
    if (!statSync(path).isFile()) throw new CallError(`\`${shown}\` is not one of this project's policy files.`);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof CallError) throw error;
    throw new CallError(`\`${shown}\` could not be read: ${describeFileError(error)}.`);
  }
}

function show(path: string, cwd: string): string {
  return relative(cwd, path).split(sep).join("/");
}

function summary(files: number, changed: number, broken: number, { check }: FormatOptions): string {
  const parts = [
    `${plural(files, "file")}`,
    `${changed} ${check ? "to be formatted" : "formatted"}`,
    `${files - changed - broken} unchanged`,
    ...(broken > 0 ? [`${broken} left alone for errors`] : []),
  ];
  return parts.join(", ");
}
