import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { LanguageClient, type LanguageClientOptions } from "@scruple/testkit/language-client";
import { afterAll, afterEach, beforeAll } from "vitest";

/** A folder of policies that a test works in. */
export interface Folder {
  /** URI of the folder. */
  readonly uri: string;
  readonly path: string;
  uriOf(path: string): string;
  write(path: string, text: string): void;
  remove(path: string): void;
}

export interface Servers {
  /** A server with a folder of these files as its workspace. It is ended after the test, or, if it is `kept`, after the last. */
  start(
    files?: Readonly<Record<string, string>>,
    options?: LanguageClientOptions & { readonly kept?: boolean },
  ): Promise<{ readonly client: LanguageClient; readonly folder: Folder }>;
  /** A folder that is removed after the test. */
  folder(files?: Readonly<Record<string, string>>): Folder;
  /** The bundle's path. */
  readonly bundle: () => string;
}

/** The server as it is shipped, made from today's sources, for the tests of one file. */
export function bundledServer(): Servers {
  let place = "";
  const clients: LanguageClient[] = [];
  const folders: string[] = [];
  const kept: LanguageClient[] = [];
  const keptFolders: string[] = [];
  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), "scruple-server-"));
    const { today } = await import(new URL("../../../../scripts/build.mjs", import.meta.url).href);
    await today.server(join(place, "server.cjs"));
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.kill();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  afterAll(() => {
    for (const client of kept) client.kill();
    for (const path of [place, ...keptFolders]) rmSync(path, { recursive: true, force: true });
  });
  const folder = (files: Readonly<Record<string, string>> = {}): Folder => {
    const path = realpathSync(mkdtempSync(join(tmpdir(), "scruple-workspace-")));
    folders.push(path);
    const write = (name: string, text: string) => {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), text);
    };
    for (const [name, text] of Object.entries(files)) write(name, text);
    return {
      uri: pathToFileURL(path).href,
      path,
      uriOf: (name) => pathToFileURL(join(path, name)).href,
      write,
      remove: (name) => rmSync(join(path, name), { recursive: true, force: true }),
    };
  };
  return {
    bundle: () => join(place, "server.cjs"),
    folder,
    start: async (files = {}, { kept: isKept = false, ...options } = {}) => {
      const made = folder(files);
      const client = await LanguageClient.start([process.execPath, join(place, "server.cjs"), "--stdio"], {
        folders: [made.uri],
        env: { XDG_CACHE_HOME: join(place, "cache") },
        ...options,
      });
      (isKept ? kept : clients).push(client);
      if (isKept) keptFolders.push(...folders.splice(folders.indexOf(made.path), 1));
      return { client, folder: made };
    },
  };
}
