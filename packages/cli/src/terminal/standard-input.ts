import { createReadStream, fstatSync } from "node:fs";
import { describeFileError } from "@scruple/project";
import { CallError } from "../exit.ts";
import type { Io } from "../io.ts";

let asFile: Io["stdin"] | undefined;

/** This process's. Of a kind that Node does not know, such as a folder, it makes an empty stream; as a file, it says what is wrong. */
export function standardInput(): Io["stdin"] {
  if (isOfKnownKind()) return process.stdin;
  asFile ??= createReadStream("", { fd: 0, autoClose: false });
  return asFile;
}

function isOfKnownKind(): boolean {
  try {
    const stat = fstatSync(0);
    return stat.isFile() || stat.isFIFO() || stat.isSocket() || stat.isCharacterDevice();
  } catch {
    // There is none, which Node knows how to deal with.
    return true;
  }
}

/**
 * What standard input holds, as it comes.
 *
 * @throws CallError where it cannot be read to its end: what is missing may be all of it
 */
export async function* readStandardInput({ stdin }: Io): AsyncGenerator<Uint8Array | string> {
  try {
    yield* stdin;
  } catch (error) {
    throw new CallError(`Standard input could not be read: ${describeFileError(error)}.`);
  }
}
