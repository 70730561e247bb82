import { type Finding, LineIndex, parse, type SyntaxTree } from "@scruple/syntax";
import { isIncomplete, pathText } from "../binder/spelling.ts";
import { binaryFile } from "../diagnostics/binary-file.ts";
import { fileTooLarge } from "../diagnostics/file-too-large.ts";
import { notUtf8 } from "../diagnostics/not-utf8.ts";
import type { Unit } from "../unit.ts";
import { decodeUtf8 } from "./utf8.ts";
import { withoutInsides } from "./without-insides.ts";

/** A file of a project. */
export interface PolicyFile {
  /** Relative to the project, with `/`. */
  readonly path: string;
  /** Text, or bytes that are to be UTF-8. */
  readonly text: string | Uint8Array;
  /** Where set, the file is read only for what others can see of it, which takes a fraction of the time. */
  readonly outlineOnly?: boolean;
}

const megabyte = 1024 * 1024;
const limit = 16;

interface Reading {
  readonly unit: Unit;
  readonly finding: Finding | null;
}
/** A file that is given again is not read again, whether or not a program has come of it. */
const known = new WeakMap<PolicyFile, Reading>();

/** Reads and parses a file. What cannot be read is an empty unit and a finding. */
export function readFile(file: PolicyFile, previous?: Unit): Reading {
  const before = known.get(file);
  if (before !== undefined) return before;
  const reading = read(file, previous);
  known.set(file, reading);
  return reading;
}

function read(file: PolicyFile, previous: Unit | undefined): Reading {
  const { path, outlineOnly = false } = file;
  if (file.text.length > limit * megabyte) {
    const megabytes = Math.ceil(file.text.length / megabyte);
    return unreadable(path, fileTooLarge.at({ start: 0, end: 0 }, [megabytes, limit]));
  }
  if (typeof file.text === "string") return { unit: unitOf(path, file.text, outlineOnly, previous), finding: null };
  if (file.text.includes(0)) return unreadable(path, binaryFile.at({ start: 0, end: 0 }, []));
  const { text, invalidAt } = decodeUtf8(file.text);
  if (invalidAt === null) return { unit: unitOf(path, text, outlineOnly, previous), finding: null };
  const finding = notUtf8.at({ start: invalidAt, end: Math.min(invalidAt + 1, text.length) }, []);
  return { unit: { ...emptyUnit(path), text, lines: new LineIndex(text) }, finding };
}

function unitOf(path: string, text: string, outlineOnly: boolean, previous: Unit | undefined): Unit {
  if (previous?.readable && previous.text === text && (outlineOnly || !previous.partial)) return previous;
  const read = outlineOnly ? withoutInsides(text) : text;
  const tree = parse(read);
  const policy = policyOf(tree);
  return { path, text, tree, lines: new LineIndex(text), policy, std: false, readable: true, partial: read !== text };
}

function policyOf(tree: SyntaxTree): string | null {
  const name = tree.file.policy?.name;
  return name && !isIncomplete(name) ? pathText(name) : null;
}

function unreadable(path: string, finding: Finding): Reading {
  return { unit: emptyUnit(path), finding };
}

function emptyUnit(path: string): Unit {
  const tree = { ...parse(""), findings: [] };
  return { path, text: "", tree, lines: new LineIndex(""), policy: null, std: false, readable: false, partial: false };
}
