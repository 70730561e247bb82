/** What the server needs of the world that holds the files. */
export interface Host {
  /**
   * The text of a file, or its bytes where they are no UTF-8; null where there is none. Of one that is there and cannot be read, bytes
   * that are no text. Never rejects.
   */
  read(uri: string): Promise<string | Uint8Array | null>;
  /**
   * The URIs of every `*.scruple` and `scruple.json` in a folder and below, but not in `node_modules` or in folders whose
   * name begins with a dot. Never rejects.
   */
  list(folder: string): Promise<readonly string[]>;
  /** Makes a text readable under a URI that any editor opens; null where there is no such place. Never rejects. */
  publish(path: string, text: string): Promise<string | null>;
  /**
   * Begins to tell of changes on disk: the URIs of policies and configurations, and of folders. Left out where the editor alone
   * reaches files.
   */
  watch?(changed: (uris: readonly string[]) => void): Watching;
}

/** Looks after some folders, each without those in it. */
export interface Watching {
  /** Sets the URIs of the folders. @returns whether some of them were not looked after before */
  keepTo(folders: readonly string[]): boolean;
}
