import { type Dirent, readdir, realpath, stat } from "node:fs";
import { lstat, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { entriesSeen, nameOf } from "@scruple/project/config";
import type { FileSystemAdapter } from "tinyglobby";
import type { Host } from "../host.ts";
import { version } from "../version.ts";
import { watchFolders } from "./folder-watch.ts";
import { pathOf } from "./path-of.ts";

/** The file system of this machine, for `file:` URIs. */
export function nodeHost(): Host {
  return {
    read: async (uri) => {
      const path = pathOf(uri);
      if (path === null) return null;
      try {
        return decode(await readFile(path));
      } catch (error) {
        return (await isThere(path, error as NodeJS.ErrnoException)) ? unreadable : null;
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
          fs: fileSystem,
        });
        return [...new Set(found.map((file) => pathToFileURL(nameOf(file)).href))];
      } catch {
        return [];
      }
    },
    publish: async (path, text) => {
      const file = join(cacheFolder(), "scruple", version, ...path.split("/"));
      try {
        if ((await readFile(file, "utf8").catch(() => null)) !== text) await writeWhole(file, text);
        return pathToFileURL(file).href;
      } catch {
        return null;
      }
    },
    watch: watchFolders,
  };
}

/** No text, which the compiler says of it: what cannot be read may hold a denial, and is not to be taken for gone. */
const unreadable = new Uint8Array(1);

async function isThere(path: string, { code }: NodeJS.ErrnoException): Promise<boolean> {
  if (code === "EISDIR") return false;
  if (code !== "ENOENT" && code !== "ENOTDIR") return true;
  return lstat(path).then(
    () => true,
    () => false,
  );
}

type Callback<Result> = (error: Error | null, result: Result) => void;

/** For a search that leaves out links which lead nowhere: they count as files. Names are as patterns see them. */
const fileSystem = {
  readdir: (path: string, options: { withFileTypes: true }, callback: Callback<Dirent[]>) =>
    readdir(nameOf(path), options, (error, entries) =>
      callback(error, error === null ? entriesSeen(entries) : entries),
    ),
  realpath: (path: string, callback: Callback<string>) =>
    realpath(nameOf(path), (error, real) => callback(null, error === null ? real : nameOf(path))),
  stat: (path: string, callback: Callback<{ isDirectory(): boolean }>) =>
    stat(path, (error, stats) => callback(null, error === null ? stats : { isDirectory: () => false })),
} as unknown as FileSystemAdapter;

/** Text where the bytes are UTF-8 without zeros; else the bytes themselves, for the compiler to say where they are not. */
export function decode(bytes: Uint8Array): string | Uint8Array {
  if (bytes.includes(0)) return bytes;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return bytes;
  }
}

/** Others may read the file while it is written, so it comes as a whole. */
async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, text);
  await rename(draft, file);
}

/** Where this user's programs keep what they can make again. */
function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (XDG_CACHE_HOME) return XDG_CACHE_HOME;
  if (process.platform === "win32" && LOCALAPPDATA) return LOCALAPPDATA;
  return join(homedir(), ...(process.platform === "darwin" ? ["Library", "Caches"] : [".cache"]));
}
