import { InvalidArgumentError } from "commander";

export function folder(value: string): string {
  return named(value, "a folder");
}

export function path(value: string): string {
  return named(value, "a file or a folder");
}

/** An empty path, as a variable leaves it that nobody has set, would be the working directory. */
function named(value: string, what: string): string {
  if (value.trim() === "") throw new InvalidArgumentError(`It has to name ${what}; \`.\` is the working directory.`);
  return value;
}
