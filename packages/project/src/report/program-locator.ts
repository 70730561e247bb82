import { type Program, stdText } from "@scruple/compiler";
import { Locator } from "./locate.ts";

/** Finds places in a program's files, and in those of the standard vocabulary. */
export function programLocator(program: Program): Locator {
  const texts = new Map(program.files.map(({ path, text }) => [path, text]));
  return new Locator((file) => texts.get(file) ?? stdText[file] ?? null);
}
