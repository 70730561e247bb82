import { type FSWatcher, watch } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Watching } from "../host.ts";
import { pathOf } from "./path-of.ts";

/** Milliseconds in which changes are one: to write a file is often two, and a checkout is many. */
const settle = 50;

/**
 * Looks after folders one by one, not after all that is below them: `node_modules` and what a build writes would be by far the most
 * of it. Costs nothing while nothing changes.
 *
 * @param changed is given the URIs of what came, went or was written
 */
export function watchFolders(changed: (uris: readonly string[]) => void): Watching {
  const watchers = new Map<string, FSWatcher>();
  const pending = new Set<string>();

  const drop = (folder: string) => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const tell = () => {
    const uris = [...pending].map((path) => pathToFileURL(path).href);
    pending.clear();
    changed(uris);
  };
  const note = (path: string) => {
    if (pending.size === 0) setTimeout(tell, settle).unref();
    pending.add(path);
  };
  const look = async (folder: string, kind: string, name: string) => {
    const path = join(folder, name);
    if (name.endsWith(".scruple") || name === "scruple.json") return note(path);
    if (kind !== "rename" || name === "node_modules" || name.startsWith(".")) return;
    // What is gone is not watched any more, even if another folder has its name by now.
    const wasWatched = watchers.has(path);
    drop(path);
    if (wasWatched || (await isFolder(path))) note(path);
  };

  return {
    keepTo: (uris) => {
      const wanted = new Set(uris.flatMap((uri) => pathOf(uri) ?? []));
      for (const folder of watchers.keys()) if (!wanted.has(folder)) drop(folder);
      let isMore = false;
      for (const folder of wanted) {
        if (watchers.has(folder)) continue;
        try {
          const watcher = watch(folder, { persistent: false }, (kind, name) => void look(folder, kind, name ?? ""));
          watcher.on("error", () => drop(folder));
          watchers.set(folder, watcher);
          isMore = true;
        } catch {
          // It is gone by now, or the system watches no more folders: then it is as if nobody watched.
        }
      }
      return isMore;
    },
  };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
