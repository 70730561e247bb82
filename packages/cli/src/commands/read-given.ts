import type { KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describeFileError } from "@scruple/project";
import { CallError } from "../exit.ts";
import type { Io } from "../io.ts";

/** The text of a file that the call names. @throws CallError where it cannot be read */
export function readGiven(path: string, io: Io): string {
  return readBytes(path, io).toString("utf8");
}

/** What a file holds that the call names. @throws CallError where it cannot be read */
export function readBytes(path: string, io: Io): Buffer {
  try {
    return readFileSync(resolve(io.cwd, path));
  } catch (error) {
    throw new CallError(`\`${path}\` could not be read: ${describeFileError(error)}.`);
  }
}

/**
 * The key in a file that the call names.
 *
 * @param make what takes the text for a key, or throws a TypeError that says what it should have been
 * @throws CallError where there is none
 */
export function readKey(path: string, make: (text: string) => KeyObject, io: Io): KeyObject {
  const text = readGiven(path, io);
  try {
    return make(text);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new CallError(
      `\`${path}\` holds no key that can be used here. ${error.message}`,
      "`scruple sign --help` says how to make a pair.",
    );
  }
}
