import { existsSync, readFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { writeFiles } from "@scruple/project";
import { CallError, Exit, type ExitCode } from "../exit.ts";
import { templates } from "../init/templates.ts";
import type { Io } from "../io.ts";
import type { Console } from "../terminal/console.ts";

/** `scruple init`: a small project that checks, tests and builds. Overwrites nothing. */
export async function init(folder: string | null, console: Console, io: Io): Promise<ExitCode> {
  const root = resolve(io.cwd, folder ?? ".");
  const all = templates(packageName(root));
  const inTheWay = all.filter(({ path, keepExisting }) => !keepExisting && existsSync(join(root, path)));
  if (inTheWay.length > 0) {
    const list = inTheWay.map(({ path }) => `\`${path}\``).join(", ");
    throw new CallError(
      `${list} ${inTheWay.length === 1 ? "is" : "are"} there already.`,
      "`scruple init` overwrites nothing; choose another folder.",
    );
  }
  const files = all.filter(({ path }) => !existsSync(join(root, path)));
  writeFiles(
    files.map(({ path, content }) => ({ path: join(root, path), content })),
    (path) => relative(io.cwd, path) || ".",
  );
  for (const { path } of files) console.note(`wrote ${join(relative(io.cwd, root), path)}`);
  const isNew = files.some(({ path }) => path === "package.json");
  console.printLines(nextSteps(relative(io.cwd, root), isNew ? newPackage : stepsFor(join(root, "package.json"))));
  return Exit.ok;
}

const newPackage = ["npm install"];

/** What a package that was there before needs, to run what `init` wrote. */
function stepsFor(path: string): readonly string[] {
  const install = "npm install @scruple/runtime && npm install --save-dev @scruple/cli";
  return isModule(path)
    ? [install]
    : ["npm pkg set type=module    guards and app/choose-offer.js are ES modules", install];
}

function isModule(path: string): boolean {
  try {
    return JSON.parse(readFileSync(path, "utf8")).type === "module";
  } catch {
    return false;
  }
}

function nextSteps(folder: string, install: readonly string[]): readonly string[] {
  return [
    "",
    "Next:",
    ...(folder === "" ? [] : [`  cd ${folder}`]),
    ...install.map((step) => `  ${step}`),
    "  npx scruple check    finds what is wrong with the policy",
    "  npx scruple test     runs the tests in it",
    "  npx scruple build    writes the guard that app/choose-offer.js calls",
    "",
    "The policy is in policies/shop.scruple: change a rule and check again.",
  ];
}

/** A folder's name as npm takes it. */
function packageName(root: string): string {
  const name = basename(root)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+|-+$/g, "");
  return name === "" ? "policies" : name;
}
