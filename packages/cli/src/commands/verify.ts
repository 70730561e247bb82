import { guardOf, publicKey, Refused, verifyRelease } from "@scruple/reload";
import { Exit, type ExitCode } from "../exit.ts";
import type { Io } from "../io.ts";
import type { Console } from "../terminal/console.ts";
import { line, styled } from "../terminal/line.ts";
import { readGiven, readKey } from "./read-given.ts";

export interface VerifyOptions {
  /** The file with the public key. */
  readonly key: string;
  /** The policy that it has to be of; null: any. */
  readonly policy: string | null;
}

/** `scruple verify`: whether a running guard would take a signed model. */
export async function verify(
  path: string,
  { key, policy }: VerifyOptions,
  console: Console,
  io: Io,
): Promise<ExitCode> {
  const text = readGiven(path, io);
  const keys = [readKey(key, publicKey, io)];
  try {
    const { model, signed, expires } = verifyRelease(text, { keys, policy, now: Date.now() });
    guardOf(model);
    const until = expires === null ? "" : `, holds until ${expires}`;
    console.note(line`${styled("green", "✓")} \`${model.policy}\`, signed ${signed}${until}`);
    return Exit.ok;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    console.noteError(`No guard would take \`${path}\`. ${error.message}`);
    return Exit.policy;
  }
}
