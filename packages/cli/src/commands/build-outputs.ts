import { join, relative, sep } from "node:path";
import type { DecisionSpace } from "@scruple/analysis";
import type { Model } from "@scruple/model";
import { type FileToWrite, realPath, type Target } from "@scruple/project";
import { CallError } from "../exit.ts";

/**
 * The files that targets make of a model of the project in `root`, in the folder `out`; both absolute.
 *
 * @param space What the check has found out about the model; null where there is nothing of it.
 */
export async function buildOutputs(
  model: Model,
  space: DecisionSpace | null,
  targets: readonly Target[],
  out: string,
  root: string,
): Promise<FileToWrite[]> {
  const { emitJavaScript, emitJson } = await import("@scruple/emit");
  const files: [string, string][] = [];
  const sourceRoot = sourceRootOf(out, root);
  if (targets.includes("javascript")) {
    const { fileName, code, declarations, map } = emitJavaScript(model, {
      sourceRoot,
      ...(space === null ? {} : { space }),
    });
    const stem = fileName.replace(/\.js$/, "");
    files.push([fileName, code], [`${stem}.d.ts`, declarations], [`${fileName}.map`, map]);
  }
  if (targets.includes("json")) {
    const { fileName, code } = emitJson(model, sourceRoot);
    files.push([fileName, code]);
  }
  return files.map(([name, content]) => {
    if (/[\\/\0]/.test(name)) throw new CallError(`The policy \`${model.policy}\` has a name that no file can have.`);
    return { path: join(out, name), content };
  });
}

/**
 * What leads from built files to the policies, wherever the two stand: source maps have it, and it says whose the files are. So
 * it leads from where they really are, which is one place for all projects that have a link to it.
 */
export function sourceRootOf(out: string, root: string): string {
  return relative(realPath(out), realPath(root)).split(sep).join("/") || ".";
}
