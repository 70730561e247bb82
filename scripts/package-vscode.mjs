/** `npm run package:vscode`: packs the extension that `npm run build` puts together into one `.vsix`, and says how large it is. */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { extensionFolder } from "./build.mjs";

/** @returns the path of the `.vsix` */
export async function packExtension(cwd = extensionFolder, folder = join(cwd, "..")) {
  const { createVSIX } = await import("@vscode/vsce");
  const { name, version } = JSON.parse(readFileSync(join(cwd, "package.json"), "utf8"));
  const packagePath = join(folder, `${name}-${version}.vsix`);
  await createVSIX({
    ...{ cwd, packagePath },
    ...{ dependencies: false, allowMissingRepository: true, skipLicense: false, rewriteRelativeLinks: false },
  });
  return packagePath;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const path = await packExtension();
  console.log(`${path}: ${(statSync(path).size / 1e6).toFixed(2)} MB`);
}
