import { type CompileOptions, compile, type Diagnostic, type Program } from "@scruple/compiler";

/** A place in a marked-up source where a diagnostic is expected. */
export interface Mark {
  readonly file: string;
  /** Line and columns count from 1; the end is exclusive. */
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly code: string;
  /** A part of the message, or "" where any will do. */
  readonly message: string;
}

/** What marked-up source holds: files as they are compiled, marks and all, and what the marks say. */
export interface MarkedSource {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly marks: readonly Mark[];
  /** What a file `scruple.json` in it sets, unread. */
  readonly options: CompileOptions;
}

const fileLine = /^\/\/- (\S+)\s*$/;
const markLine = /^(\s*)\/\/(?:(\s*)(\^+)|<(-+)) (SCR\d{4})(?: (.*?))?\s*$/;
const optionsFile = "scruple.json";

/**
 * Reads marked-up source. `//- path` begins a file; before the first one, the file is `main.scruple`. A comment of
 * carets, a code and a part of the message expects a diagnostic in the last line above that is no mark:
 *
 * ```
 * category meal within preferense
 * //                   ^^^^^^^^^^ SCR2004 Did you mean `preference`?
 * ```
 *
 * One caret also marks an empty range; carets that reach the end of the line mark a range that goes on below. Where there
 * is no room for the slashes, `//<---` marks as many characters as it has dashes, from its own column on. A file
 * `scruple.json` is not compiled: it holds the options, and its diagnostics have no place in it.
 */
export function readMarked(source: string): MarkedSource {
  const files: { path: string; lines: string[] }[] = [];
  const marks: Mark[] = [];
  let target = 0;
  for (const line of source.split("\n")) {
    const path = fileLine.exec(line)?.[1];
    if (path !== undefined) {
      files.push({ path, lines: [] });
      continue;
    }
    if (files.length === 0) {
      if (line.trim() === "") continue;
      files.push({ path: "main.scruple", lines: [] });
    }
    const file = files.at(-1)!;
    file.lines.push(line);
    const mark = readMark(line);
    if (!mark) target = file.lines.length;
    else marks.push({ file: file.path, line: file.path === optionsFile ? 1 : target, ...mark });
  }
  const texts = files.map(({ path, lines }) => ({ path, text: lines.join("\n") }));
  const options = files.find(({ path }) => path === optionsFile);
  return {
    files: texts.filter(({ path }) => path !== optionsFile),
    marks,
    options: options ? JSON.parse(options.lines.filter((line) => !readMark(line)).join("\n")) : {},
  };
}

function readMark(line: string): Omit<Mark, "file" | "line"> | null {
  const match = markLine.exec(line);
  if (!match) return null;
  const [, indent = "", space = "", carets, dashes = "", code = "", message = ""] = match;
  const column = indent.length + 1 + (carets === undefined ? 0 : "//".length + space.length);
  return { column, endColumn: column + (carets ?? dashes).length, code, message };
}

/** The source without its marks. */
export function withoutMarks(source: string): string {
  return source
    .split("\n")
    .filter((line) => !readMark(line))
    .join("\n");
}

/** Which diagnostics a check looks at. */
export interface CheckMarkedOptions extends CompileOptions {
  /**
   * Which have to be marked wherever they occur; where it is left out, the errors. Of others, a source that marks one has
   * to mark all of its code.
   */
  readonly matters?: (diagnostic: Diagnostic) => boolean;
}

/**
 * Compiles marked-up source and throws where its diagnostics are not those that the marks say. Gives the program, for
 * further questions.
 */
export function checkMarked(source: string, options: CheckMarkedOptions = {}): Program {
  const { matters = isError, ...compileOptions } = options;
  const { files, marks, options: own } = readMarked(source);
  const program = compile(files, { ...compileOptions, ...own });
  const open = new Set(marks);
  const problems: string[] = [];
  for (const diagnostic of program.diagnostics) {
    const found = toMark(program, diagnostic);
    const mark = [...open].find((expected) => fits(expected, found));
    if (mark) open.delete(mark);
    else if (matters(diagnostic) || marks.some(({ code }) => code === diagnostic.code)) {
      problems.push(`not marked: ${describe(found)}`);
    }
  }
  for (const mark of open) problems.push(`marked, but not found: ${describe(mark)}`);
  if (problems.length > 0) throw new Error(`${problems.join("\n")}\n\n${source}`);
  return program;
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}

/** Where a diagnostic stands, as a mark would say it. */
export function toMark(program: Program, diagnostic: Diagnostic): Mark {
  const { file, code, message } = diagnostic;
  const checked = program.files.find(({ path }) => path === file);
  if (!checked) return { file, line: 1, column: 1, endColumn: 2, code, message };
  const start = checked.lines.position(diagnostic.start);
  const end = checked.lines.position(diagnostic.end);
  const lineLength = checked.text.split("\n")[start.line - 1]?.length ?? 0;
  const last = end.line === start.line ? end.column : lineLength + 1;
  return { file, line: start.line, column: start.column, endColumn: Math.max(last, start.column + 1), code, message };
}

function fits(expected: Mark, found: Mark): boolean {
  return (
    expected.file === found.file &&
    expected.line === found.line &&
    expected.column === found.column &&
    expected.endColumn === found.endColumn &&
    expected.code === found.code &&
    found.message.includes(expected.message)
  );
}

function describe(mark: Mark): string {
  return `${mark.file}:${mark.line}:${mark.column}-${mark.endColumn} ${mark.code} ${mark.message}`;
}
