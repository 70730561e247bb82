import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { TrailError } from "@scruple/audit";
import { CallError } from "../exit.ts";
import type { Io } from "../io.ts";

/** Reads a trail that the call names. @throws CallError where there is none */
export async function reading<T>(trail: string, io: Io, read: (path: string) => Promise<T>): Promise<T> {
  const path = resolve(io.cwd, trail);
  if (!existsSync(path)) throw new CallError(`There is no file or folder \`${trail}\`.`);
  try {
    return await read(path);
  } catch (error) {
    if (error instanceof TrailError) throw new CallError(error.message);
    throw error;
  }
}
