import { Buffer } from "node:buffer";
import { dirname } from "node:path";
import { policyFolders } from "@scruple/project";
import type { UnpluginOptions } from "unplugin";
import { loadPolicy } from "./load-policy.ts";
import type { SourceMap } from "./policy-module.ts";
import type { Problem } from "./problem.ts";
import type { Projects } from "./projects.ts";

type PluginBuild = Parameters<NonNullable<NonNullable<UnpluginOptions["esbuild"]>["setup"]>>[0];

/** esbuild watches folders, and shows a line for itself: both are out of reach for what all bundlers have in common. */
export function loadInEsbuild(build: PluginBuild, projects: Projects, inPages: boolean): void {
  const { platform = "browser" } = build.initialOptions;
  const isPage = platform === "browser" && !inPages;
  build.onStart(() => projects.forget());
  build.onLoad({ filter: /\.scruple$/ }, async ({ path, suffix }) => {
    const { code, map, errors, warnings, inputs, project } = await loadPolicy(path + suffix, projects, isPage);
    return {
      contents: map === null ? code : `${code}${inlineMap(map)}\n`,
      loader: "js",
      resolveDir: dirname(path),
      errors: errors.map(messageOf),
      warnings: warnings.map(messageOf),
      watchFiles: [...inputs],
      // A policy that comes new may hold a denial.
      watchDirs: project === null ? [dirname(path)] : await policyFolders(project),
    };
  });
}

function inlineMap(map: SourceMap): string {
  const text = Buffer.from(JSON.stringify(map)).toString("base64");
  return `//# sourceMappingURL=data:application/json;base64,${text}`;
}

function messageOf({ message, place }: Problem) {
  if (place === null) return { text: message };
  const { file, line, column, length, lineText } = place;
  const start = column - 1;
  const bytes = (from: number, to: number) => Buffer.byteLength(lineText.slice(from, to));
  return {
    text: message,
    location: {
      file,
      line,
      // esbuild counts bytes.
      column: bytes(0, start),
      length: Math.max(1, bytes(start, start + length)),
      lineText,
    },
  };
}
