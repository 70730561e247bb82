import { applyEdits, type TextEdit } from "@scruple/syntax";
import type { Program } from "./program.ts";
import type { PolicyFile } from "./project/read-file.ts";

/**
 * The files of a program with edits made in some, to be compiled again. The others are as they were given, since what could not be
 * read as text has to stay unread.
 *
 * @param edits by path
 */
export function editedFiles(
  { given, files }: Program,
  edits: ReadonlyMap<string, readonly TextEdit[]>,
): readonly PolicyFile[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return given.map((file) => {
    const own = edits.get(file.path);
    return own === undefined ? file : { path: file.path, text: applyEdits(texts.get(file.path) ?? "", own) };
  });
}
