import { createPublicKey } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { writeFiles } from "@scruple/project";
import { isSealed, keyId, privateKey, Refused, signRelease } from "@scruple/reload";
import { CallError, Exit, type ExitCode } from "../exit.ts";
import type { Io } from "../io.ts";
import type { Console } from "../terminal/console.ts";
import { readGiven, readKey } from "./read-given.ts";

export interface SignOptions {
  /** The file with the private key. */
  readonly key: string;
  /** Beside the model, as `.signed.json`, where null. */
  readonly out: string | null;
  /** `YYYY-MM-DD`, the last day, in UTC; null where it holds until another replaces it. */
  readonly expires: string | null;
}

const day = 86_400_000;

/** `scruple sign`: puts a signature on a built model, so that running guards take it over. */
export async function sign(
  path: string,
  { key, out, expires }: SignOptions,
  console: Console,
  io: Io,
): Promise<ExitCode> {
  const built = readGiven(path, io);
  const secret = readKey(key, privateKey, io);
  const target = resolve(io.cwd, out ?? path.replace(/(\.model)?\.json$|$/, ".signed.json"));
  const show = (file: string) => relative(io.cwd, file).split(sep).join("/");
  refuseOther(target, show);
  let content: string;
  try {
    const end = expires === null ? null : new Date(Date.parse(expires) + day);
    content = signRelease(built, secret, { signed: new Date(), expires: end });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new CallError(`\`${path}\` was not signed. ${error.message}`);
  }
  writeFiles([{ path: target, content }], show);
  console.note(`wrote ${show(target)}, signed with the key ${keyId(createPublicKey(secret))}`);
  return Exit.ok;
}

/**
 * Refuses to write over anything but what was signed before, whatever path leads there: it may be the private key.
 *
 * @throws CallError
 */
function refuseOther(target: string, show: (file: string) => string): void {
  let text: string;
  try {
    if (!statSync(target).isFile()) return;
    text = readFileSync(target, "utf8");
  } catch {
    // Not there, or else writing says why.
    return;
  }
  if (text === "" || isSealed(text)) return;
  throw new CallError(
    `\`${show(target)}\` is there already and is no signed model, so it is left as it is.`,
    "Name another file with `--out`, or remove that one first.",
  );
}
