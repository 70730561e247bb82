import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder with some files, for one test. */
export class TemporaryFolder {
  /** Absolute, without links. */
  readonly root: string;

  /** @param onFinished what calls back when the test is over, such as vitest's `onTestFinished`; the folder is gone then */
  constructor(files: Readonly<Record<string, string | Uint8Array>>, onFinished: (remove: () => void) => void) {
    this.root = realpathSync(mkdtempSync(join(tmpdir(), "scruple-")));
    onFinished(() => rmSync(this.root, { recursive: true, force: true }));
    for (const [path, content] of Object.entries(files)) this.write(path, content);
  }

  path(...parts: string[]): string {
    return join(this.root, ...parts);
  }
  /** Writes a file, and makes the folders that it takes. */
  write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), content);
  }
  read(path: string): string {
    return readFileSync(this.path(path), "utf8");
  }
  /** Every file below a folder, sorted, with `/`. */
  list(folder = "."): string[] {
    return readdirSync(this.path(folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.path(folder).length + 1))
      .sort();
  }
}
