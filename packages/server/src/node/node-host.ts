import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Host } from "../host.ts";
import { version } from "../version.ts";

/** The file system of this machine, for `file:` URIs. */
export function nodeHost(): Host {
  return {
    read: async (uri) => {
      const path = pathOf(uri);
      if (path === null) return null;
      try {
        return decode(await readFile(path));
      } catch {
        return null;
      }
    },
    list: async (folder) => {
      const path = pathOf(folder);
      if (path === null) return [];
      try {
        const { glob } = await import("tinyglobby");
        const found = await glob(["**/*.scruple", "**/scruple.json"], {
          cwd: path,
          ignore: ["**/node_modules/**"],
          absolute: true,
          onlyFiles: true,
          dot: false,
          expandDirectories: false,
        });
        return found.map((file) => pathToFileURL(file).href);
      } catch {
        return [];
      }
    },
    publish: async (path, text) => {
      const file = join(tmpdir(), `scruple-${version}-${userName()}`, ...path.split("/"));
      try {
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        // Other servers may read the file while this one writes it.
        const draft = `${file}.${process.pid}`;
        await writeFile(draft, text);
        await rename(draft, file);
        return pathToFileURL(file).href;
      } catch {
        return null;
      }
    },
  };
}

function pathOf(uri: string): string | null {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : null;
  } catch {
    return null;
  }
}

/** Text where the bytes are UTF-8 without zeros; else the bytes themselves, for the compiler to say where they are not. */
export function decode(bytes: Uint8Array): string | Uint8Array {
  if (bytes.includes(0)) return bytes;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return bytes;
  }
}

function userName(): string {
  try {
    return userInfo().username.replace(/\W/g, "_");
  } catch {
    return "user";
  }
}
